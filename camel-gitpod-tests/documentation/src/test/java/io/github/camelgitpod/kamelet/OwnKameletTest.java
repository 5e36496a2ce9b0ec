package io.github.camelgitpod.kamelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Routes in YAML and in a user's own Kamelet: which of their ids are names, and what a directory's name may hold. */
class OwnKameletTest {
    private static final String TOKEN = System.getenv("GITPOD_API_KEY");

    @RegisterExtension
    final GitpodSimulatorExtension gitpod =
            new GitpodSimulatorExtension(GitpodSimulator.builder().accessToken(TOKEN));

    @TempDir
    Path directory;

    @Test
    void onlyAnIdThatWasGivenIsAKey() throws Exception {
        run("    id: given\n", "gitpod:auditLogs", directory.toString());
        run("", "gitpod:auditLogs", directory.toString());

        assertThat(states(directory))
                .hasSize(2)
                .contains("given%2FauditLogs.state")
                .anyMatch(this::isHash);
    }

    @Test
    void theIdThatCamelMakesUpForAKameletIsNone() throws Exception {
        run("    id: outer\n", "kamelet:own", directory.toString());
        assertThat(states(directory)).singleElement().matches(this::isHash);

        run("", "kamelet:own/inner", directory.toString());
        assertThat(states(directory)).contains("inner%2FauditLogs.state");
    }

    @Test
    void aPlusInTheNameOfADirectoryIsKeptByRaw() throws Exception {
        Path plus = directory.resolve("c++");

        run("    id: given\n", "gitpod:auditLogs", "RAW(" + plus + ")");

        assertThat(states(plus)).containsExactly("given%2FauditLogs.state");
    }

    private boolean isHash(String file) {
        return file.matches("auditLogs-[0-9a-f-]{36}\\.state");
    }

    private static List<String> states(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".state"))
                    .toList();
        }
    }

    private void run(String id, String uri, String state) throws Exception {
        gitpod.simulator().auditLog().add(Entry.at(gitpod.simulator().now().minusSeconds(60)));
        String template = """
                - routeTemplate:
                    id: own
                    parameters:
                      - name: stateDirectory
                    from:
                      uri: gitpod:auditLogs
                      parameters:
                        from: beginning
                        baseUrl: %1$s
                        stateDirectory: "{{stateDirectory}}"
                      steps:
                        - to:
                            uri: kamelet:sink
                - route:
                %2$s    from:
                      uri: %3$s
                      parameters:
                        %4$s
                        stateDirectory: "%5$s"
                      steps:
                        - process: {ref: sink}
                """.formatted(
                        gitpod.simulator().baseUrl(),
                        id,
                        uri,
                        uri.startsWith("kamelet")
                                ? ""
                                : "from: beginning\n        baseUrl: "
                                        + gitpod.simulator().baseUrl(),
                        state);
        try (Application application = new Application(template, Map.of())) {
            await().atMost(ONE_MINUTE).until(() -> !application.exchanges().isEmpty());
        }
    }
}
