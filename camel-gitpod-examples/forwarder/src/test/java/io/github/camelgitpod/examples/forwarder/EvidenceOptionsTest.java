package io.github.camelgitpod.examples.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The forwarder's own export, its manifest, and both ways to check it: by the forwarder and by the lines of the page. */
class EvidenceOptionsTest {
    private static final Path PAGE = Path.of("../../src-docs/modules/ROOT/pages/forwarder.adoc");
    private static final Pattern SCRIPT = Pattern.compile("\\[source,python\\]\n----\n(.*?)----\n", Pattern.DOTALL);

    private final GitpodSimulator simulator = GitpodSimulator.start();

    @TempDir
    private Path directory;

    private Path export;
    private Path manifest;

    @BeforeEach
    void entries() {
        export = directory.resolve("export.jsonl");
        manifest = directory.resolve("manifest.json");
        for (int i = 0; i < 130; i++) {
            simulator
                    .auditLog()
                    .add(Entry.at(Instant.parse("2026-01-15T00:00:00Z").plusMillis(i)));
        }
        simulator
                .auditLog()
                .add(Entry.ofJson("{\"id\":\"h\",\n\r \"createdAt\":\"2026-01-16T00:00:00Z\",\"action\":"
                        + "\"\\u0000 \\n \\r \uD83D\uDE80 \u2028 \u0085\"}"));
        simulator.auditLog().add(Entry.at(Instant.parse("2026-02-01T00:00:00Z")));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void theForwarderMakesAndChecksAManifest() throws Exception {
        assertThat(options("--manifest=" + manifest).export(settings())).isTrue();

        assertThat(Files.readString(manifest))
                .contains("\"entries\" : 131,", "\"organization\" : \"" + simulator.organizationId() + "\"")
                .doesNotContain(simulator.accessToken());
        EvidenceOptions verify = options("--verify=" + manifest, "--export=" + export);
        assertThat(verify.verify(settings())).isZero();

        String whole = Files.readString(export);
        Files.writeString(export, "\n" + whole);
        assertThat(verify.verify(settings())).as("an empty line before").isEqualTo(1);

        Files.writeString(export, whole.replace("changed spec", "changed Spec"));
        assertThat(verify.verify(settings())).isEqualTo(1);
        assertThat(options("--verify=" + manifest).verify(settings())).isZero();
        simulator.auditLog().add(Entry.at(Instant.parse("2026-01-15T00:00:00Z")));
        assertThat(options("--verify=" + manifest).verify(settings())).isEqualTo(1);
    }

    @Test
    @Tag("source-tree")
    void theLinesOfThePageCheckTheExportWithoutTheForwarder() throws Exception {
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator)))
                .as("python3 on the PATH")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
        Matcher script = SCRIPT.matcher(Files.readString(PAGE));
        assertThat(script.find()).isTrue();
        assertThat(script.group(1).lines()).hasSizeLessThanOrEqualTo(8);
        Path check = Files.writeString(directory.resolve("check.py"), script.group(1));
        options("--manifest=" + manifest).export(settings());

        assertThat(python(check)).isEqualTo("the same");
        Files.writeString(export, Files.readString(export).replaceFirst("changed spec", "changed Spec"));
        assertThat(python(check)).isEqualTo("DIFFERENT");
    }

    @Test
    void theServerIsAskedWithATokenOfAFile() throws Exception {
        options("--manifest=" + manifest).export(settings());
        Path token = Files.writeString(directory.resolve("token"), simulator.accessToken());
        Map<String, String> environment = Map.of(
                "FORWARDER_GITPOD_BASE_URL", simulator.baseUrl(),
                "FORWARDER_GITPOD_ACCESS_TOKEN_FILE", token.toString());
        Settings settings = Settings.read(null, environment, Map.of());
        assertThat(options("--verify=" + manifest).verify(settings)).isZero();
    }

    @Test
    void whatCannotBeComparedIsSaid() {
        assertThatThrownBy(() -> options("--verify=" + manifest).verify(Settings.read(null, Map.of(), Map.of())))
                .isInstanceOf(SettingsException.class)
                .hasMessage("--verify needs --export, or a token, by which the server is asked");
        assertThatThrownBy(() -> options("--verify=" + manifest).verify(settings()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(manifest.toString());
    }

    @Test
    void aManifestThatIsBrokenIsNotCompared() throws Exception {
        Files.writeString(manifest, "{\"format\":\"camel-gitpod-manifest/1\"}");
        assertThatThrownBy(() -> options("--verify=" + manifest).verify(settings()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("Not compared: ");
    }

    private String python(Path script) throws Exception {
        Process process = new ProcessBuilder("python3", script.toString(), manifest.toString(), export.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(process.getInputStream().readAllBytes()).strip();
    }

    private static EvidenceOptions options(String... arguments) {
        return CommandLine.populateCommand(new EvidenceOptions(), arguments);
    }

    private Settings settings() throws Exception {
        Path config = directory.resolve("forwarder.properties");
        Files.write(
                config,
                List.of(
                        "gitpod.baseUrl=" + simulator.baseUrl(),
                        "gitpod.accessToken=" + simulator.accessToken(),
                        "from=2026-01-01",
                        "to=2026-02-01",
                        "lookback=1s",
                        "file.path=" + export));
        return Settings.read(config, Map.of(), Map.of());
    }
}
