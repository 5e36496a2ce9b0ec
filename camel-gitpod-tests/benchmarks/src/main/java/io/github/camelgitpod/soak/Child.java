package io.github.camelgitpod.soak;

import io.github.camelgitpod.benchmarks.ChildProcess;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** A {@link SoakedProcess}, seen from outside, over all its lives. */
final class Child implements AutoCloseable {
    private final GitpodSimulator simulator;
    private final Path directory;
    private final Deliveries deliveries;
    private ChildProcess process;
    private int kills;

    /** @param directory of its state, its deliveries and its log; made if it is not there */
    Child(GitpodSimulator simulator, Path directory) throws IOException {
        this.simulator = simulator;
        this.directory = Files.createDirectories(directory);
        this.deliveries = new Deliveries(directory.resolve(SoakedProcess.DELIVERIES));
        start();
    }

    private void start() {
        process = ChildProcess.start(
                SoakedProcess.class,
                ProcessBuilder.Redirect.appendTo(log().toFile()),
                Map.of(
                        SoakedProcess.DIRECTORY,
                        directory.toString(),
                        "GITPOD_BASE_URL",
                        simulator.baseUrl(),
                        "GITPOD_API_KEY",
                        simulator.accessToken()),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-Dlogback.configurationFile=logback-soak.xml");
    }

    /** By SIGKILL; and it is started again. */
    void killAndStart() throws IOException {
        process.kill();
        kills++;
        deliveries.read();
        start();
    }

    void restartRoutes() {
        process.ask("restart");
    }

    void takeToken() {
        process.ask("token " + simulator.accessToken());
    }

    /** How it is now; the log's lines are all since the first start. */
    Figures figures() throws IOException {
        String[] answer = process.ask("figures").split(" ");
        return new Figures(
                Integer.parseInt(answer[0]),
                Long.parseLong(answer[1]) / 1e6,
                Integer.parseInt(answer[2]),
                stateBytes() / 1e3,
                lines());
    }

    Deliveries deliveries() throws IOException {
        deliveries.read();
        return deliveries;
    }

    int kills() {
        return kills;
    }

    private Path log() {
        return directory.resolve("log.txt");
    }

    private long lines() throws IOException {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.count();
        }
    }

    /** A directory that changes while it is looked at is looked at again. */
    private long stateBytes() throws IOException {
        while (true) {
            try (Stream<Path> files = Files.walk(directory.resolve(SoakedProcess.STATE))) {
                return files.filter(Files::isRegularFile).mapToLong(Child::size).sum();
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof NoSuchFileException)) {
                    throw e;
                }
            }
        }
    }

    /** A file that is replaced at this moment counts with the next look. */
    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
