package io.github.camelgitpod.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A first route runs as the README and the pages print it: their files in a fresh folder, in a process of its own. */
class FirstRoutesTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path PAGES = ROOT.resolve("src-docs/modules/ROOT/pages");
    private static final String REPOSITORY = System.getProperty("localRepository");
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");
    private static final Map<String, String> VERSIONS = Map.of(
            "io.github.camelgitpod", System.getProperty("project.version"),
            "org.apache.camel", System.getProperty("camel.version"),
            "ch.qos.logback", System.getProperty("logback.version"),
            "org.springframework.boot", System.getProperty("spring-boot.version"));

    @RegisterExtension
    final GitpodSimulatorExtension extension =
            new GitpodSimulatorExtension(GitpodSimulator.builder().accessToken("simulated"));

    @TempDir
    Path directory;

    private Path output;
    private Entry entry;

    @BeforeEach
    void addEntry() {
        output = directory.resolve("output.txt");
        GitpodSimulator gitpod = extension.simulator();
        entry = gitpod.auditLog().add(Entry.at(gitpod.now().minusSeconds(60)).withAction("Secret created"));
    }

    @Test
    void theReadmesFirstRouteIsThatOfThePageYaml() {
        PrintedProject readme = PrintedProject.of(WrittenFiles.read(ROOT.resolve("README.md")));

        assertThat(readme).isEqualTo(page("yaml.adoc"));
        assertThat(readme.files()).hasSize(3);
        assertThat(readme.commands()).hasSize(1);
    }

    @Test
    void theYamlPageRunsAndLogsWhatPeopleRead() throws Exception {
        page("yaml.adoc").writeTo(directory);
        String classPath = Stream.concat(
                        Stream.of(directory.resolve("src/main/resources").toString()),
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(element -> !element.contains("test-classes")))
                .collect(Collectors.joining(File.pathSeparator));

        run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "org.apache.camel.main.Main"));

        assertThat(directory.resolve("data/audit-log.jsonl")).hasContent(entry.json());
        assertThat(output).content().doesNotContain("DEBUG", "WARN");
    }

    @Test
    void camelsCommandLineGetsTheFileThatIsTested() {
        String page = page("camel-run.adoc").files().get("audit-log.camel.yaml");

        assertThat(WrittenFiles.read(ROOT.resolve("camel-gitpod-examples/camel-run/audit-log.camel.yaml")))
                .endsWith(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yaml", "camel-main", "kamelets", "spring-boot", "quarkus"})
    void versionsInThePomsAreThoseOfThisBuild(String name) {
        List<MatchResult> dependencies = DEPENDENCY
                .matcher(page(name + ".adoc").files().get("pom.xml"))
                .results()
                .filter(dependency -> VERSIONS.containsKey(dependency.group(1)))
                .toList();

        assertThat(dependencies).isNotEmpty().allSatisfy(dependency -> assertThat(dependency.group(3))
                .as(dependency.group(2))
                .isEqualTo(VERSIONS.get(dependency.group(1))));
    }

    /** The long form: what "Getting it" installs must be in the local Maven repository. */
    @ParameterizedTest
    @ValueSource(strings = {"yaml", "camel-main", "kamelets", "spring-boot", "quarkus"})
    @EnabledIfSystemProperty(named = "gitpod.first-routes", matches = "true")
    void theCommandsOfThePageRunIt(String name) throws Exception {
        PrintedProject project = page(name + ".adoc");
        project.writeTo(directory);
        String commands = project.commands().stream()
                .map(command -> command.replaceFirst("^mvn ", "mvn -Dmaven.repo.local=" + REPOSITORY + " "))
                .collect(Collectors.joining(" && "));

        assertThat(commands).isNotEmpty();
        run(List.of("sh", "-c", commands));

        assertThat(output).content().doesNotContain("DEBUG");
    }

    /** Until the entry is told. */
    private void run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("GITPOD_BASE_URL", extension.simulator().baseUrl());
        builder.environment().put("GITPOD_API_KEY", "simulated");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(10))
                    .until(() -> !process.isAlive() || Files.readString(output).contains("Secret created by"));
            assertThat(output).content().contains(entry.createdAt() + " Secret created by ");
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.onExit().join();
        }
    }

    private static PrintedProject page(String name) {
        return PrintedProject.of("\n" + WrittenFiles.read(PAGES.resolve(name)));
    }
}
