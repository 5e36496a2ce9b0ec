package io.github.camelgitpod.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.process.GrowingFile;
import io.github.camelgitpod.testing.process.JavaCommand;
import io.github.camelgitpod.testing.process.LoggedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One that reads the audit log into a file, in a process of its own that is killed and started again. */
final class Contender implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final ProcessBuilder builder;
    private final Path log;
    private final GrowingFile arrivals;
    private final List<String> arrived = new ArrayList<>();
    private LoggedProcess process;
    private int kills;

    /**
     * @param directory   holds its log and what arrives; it is made
     * @param environment how it is told where to write, and what else it has to know
     */
    Contender(
            String name,
            Class<?> main,
            GitpodSimulator simulator,
            Path directory,
            Map<String, String> environment,
            String... arguments)
            throws IOException {
        this.name = name;
        Files.createDirectories(directory);
        arrivals = new GrowingFile(arrivals(directory));
        log = directory.resolve("log.txt");
        builder = JavaCommand.small("128m", List.of(), main, arguments);
        builder.environment().put("GITPOD_BASE_URL", simulator.baseUrl());
        builder.environment().put("GITPOD_API_KEY", simulator.accessToken());
        builder.environment().putAll(environment);
    }

    /** The file that one with this directory writes. */
    static Path arrivals(Path directory) {
        return directory.resolve("arrivals.jsonl");
    }

    void start() throws IOException {
        process = LoggedProcess.start(builder, log);
    }

    /** After it ran on for a while. */
    void kill(int afterMillis) throws IOException, InterruptedException {
        process.letRun(afterMillis);
        assertThat(process.kill())
                .as("exit status of the %s, see %s", name, log)
                .isEqualTo(LoggedProcess.KILLED);
        kills++;
    }

    /** Fails with its log if it ended by itself. */
    void assertRuns() throws IOException {
        process.assertRuns();
    }

    String name() {
        return name;
    }

    int kills() {
        return kills;
    }

    /** The ids of the entries in its file, in their order; without a last line that a kill cut off. */
    List<String> arrived() throws IOException {
        for (String line : arrivals.newLines()) {
            if (!line.isEmpty()) {
                arrived.add(JSON.readTree(line).path("id").asText());
            }
        }
        return List.copyOf(arrived);
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
