package io.github.camelgitpod.examples.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The jar as it is handed out, in an empty folder: SIGTERM, and a restart, and nothing is lost or comes twice. */
@Tag("jar")
@Timeout(120)
class JarTest {
    private static final String TOKEN = "canary-4711-canary";

    @RegisterExtension
    final GitpodSimulatorExtension extension =
            new GitpodSimulatorExtension(GitpodSimulator.builder().history(500).accessToken(TOKEN));

    @TempDir
    Path folder;

    @Test
    void goesOnWhereItWas() throws Exception {
        GitpodSimulator gitpod = extension.simulator();
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process first = start(gitpod, port);
        awaitAll(gitpod);
        assertThat(get(port, "health")).contains("\"UP\"");
        assertThat(get(port, "metrics")).contains("gitpod_auditlog_entries_total{", "gitpod_auditlog_lag_seconds{");
        assertThat(check(gitpod)).contains("WRONG  the state directory ", "is in use by another consumer");
        end(first);

        for (int i = 0; i < 50; i++) {
            gitpod.auditLog().add(Entry.at(gitpod.now()));
        }
        Process second = start(gitpod, port);
        awaitAll(gitpod);
        end(second);

        assertThat(Files.readAllLines(folder.resolve("data/audit-log.jsonl")))
                .as("nothing twice, in the server's words")
                .containsExactlyInAnyOrderElementsOf(
                        gitpod.auditLog().entries().stream().map(Entry::json).toList());
        List<String> log = Files.readAllLines(folder.resolve("log"));
        assertThat(log).isNotEmpty().noneMatch(line -> line.contains(TOKEN));
        for (String line : log) {
            JsonNode json = new ObjectMapper().readTree(line);
            assertThat(json.has("level")).as(line).isTrue();
        }
    }

    @Test
    void anExportThatWaitsEndsAtOnce() throws Exception {
        Process export = start(
                extension.simulator(), 0, "--once", "--from", "beginning", "--to", "2100-01-01", "--manifest", "m");
        awaitAll(extension.simulator());
        export.destroy();
        assertThat(export.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(export.exitValue()).as("it is not complete").isEqualTo(1);
        assertThat(folder.resolve("m.links")).doesNotExist();
    }

    private Process start(GitpodSimulator gitpod, int port, String... options) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path jar = Path.of("target", "forwarder.jar").toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder(java.toString(), "-XX:TieredStopAtLevel=1", "-jar", jar.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment()
                .putAll(Map.of(
                        "GITPOD_API_KEY",
                        TOKEN,
                        "GITPOD_BASE_URL",
                        gitpod.baseUrl(),
                        "FORWARDER_DELAY",
                        "100ms",
                        "FORWARDER_HEALTH_PORT",
                        Integer.toString(port)));
        builder.command().addAll(List.of(options));
        return builder.start();
    }

    /** Whether it is noticed that another process runs. */
    private String check(GitpodSimulator gitpod) {
        StringWriter said = new StringWriter();
        CommandLine line = Forwarder.commandLine(Map.of(
                "FORWARDER_GITPOD_BASE_URL", gitpod.baseUrl(),
                "FORWARDER_GITPOD_ACCESS_TOKEN", TOKEN,
                "FORWARDER_FILE_PATH", folder.resolve("data/audit-log.jsonl").toString(),
                "FORWARDER_STATE_DIRECTORY", folder.resolve("data/state").toString()));
        line.setOut(new PrintWriter(said, true));
        assertThat(line.execute("--check")).isEqualTo(1);
        return said.toString();
    }

    private void awaitAll(GitpodSimulator gitpod) {
        Path file = folder.resolve("data/audit-log.jsonl");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(file)
                        && Files.readAllLines(file).size() >= gitpod.auditLog().size());
    }

    /** SIGTERM. */
    private static void end(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static String get(int port, String page) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/" + page))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
