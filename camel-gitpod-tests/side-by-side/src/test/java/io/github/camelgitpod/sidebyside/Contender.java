package io.github.camelgitpod.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One that reads the audit log into a file, in a process of its own that is killed and started again. */
final class Contender implements AutoCloseable {
    /** 128 and the number of SIGKILL. */
    private static final int KILLED = 137;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final ProcessBuilder builder;
    private final Path arrivals;
    private final Path log;
    private Process process;
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
        arrivals = arrivals(directory);
        log = directory.resolve("log.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("GITPOD_BASE_URL", simulator.baseUrl());
        builder.environment().put("GITPOD_API_KEY", simulator.accessToken());
        builder.environment().putAll(environment);
    }

    /** The file that one with this directory writes. */
    static Path arrivals(Path directory) {
        return directory.resolve("arrivals.jsonl");
    }

    void start() throws IOException {
        process = builder.start();
    }

    /** By SIGKILL, after it ran on for a while: no shutdown hook, nothing flushed. */
    void kill(int afterMillis) throws InterruptedException {
        assertThat(process.waitFor(afterMillis, TimeUnit.MILLISECONDS))
                .as("the %s ended by itself, see %s", name, log)
                .isFalse();
        process.destroyForcibly();
        assertThat(process.waitFor())
                .as("exit status of the %s, see %s", name, log)
                .isEqualTo(KILLED);
        kills++;
    }

    /** Fails with its log if it ended by itself. */
    void assertRuns() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("The " + name + " ended by itself: " + Files.readString(log));
        }
    }

    String name() {
        return name;
    }

    int kills() {
        return kills;
    }

    /** The ids of the entries in its file, in their order; without a last line that a kill cut off. */
    List<String> arrived() throws IOException {
        if (Files.notExists(arrivals)) {
            return List.of();
        }
        String text = new String(Files.readAllBytes(arrivals), StandardCharsets.UTF_8);
        List<String> ids = new ArrayList<>();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
            if (!line.isEmpty()) {
                ids.add(JSON.readTree(line).path("id").asText());
            }
        }
        return ids;
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
