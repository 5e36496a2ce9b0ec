package io.github.camelgitpod.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.simulator.GitpodSimulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A {@link CrashRoute} in a process of its own. */
final class Child implements AutoCloseable {
    /** 128 and the number of the signal. */
    static final int KILLED = 137;

    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path log;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts one.
     *
     * @param directory holds its state, its deliveries and its log
     * @param failPoint where it stops and waits to be killed
     * @param times     when it comes there for so many times
     */
    static Child start(GitpodSimulator simulator, Path directory, String failPoint, int times) throws IOException {
        Path log = directory.resolve("child.log");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                CrashRoute.class.getName(),
                directory.resolve("state").toString(),
                deliveries(directory).toString(),
                failPoint,
                String.valueOf(times));
        builder.environment().put("GITPOD_BASE_URL", simulator.baseUrl());
        builder.environment().put("GITPOD_API_KEY", simulator.accessToken());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Child child = new Child(builder.start(), log);
        Thread reader = new Thread(child::listen, "child-" + child.process.pid());
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    /** One line for each exchange that a child's route got: the entry's id and the time. */
    static Path deliveries(Path directory) {
        return directory.resolve("deliveries.txt");
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(said::add);
        } catch (UncheckedIOException | IOException e) {
            said.add("The pipe broke: " + e);
        }
    }

    /** Waits until it says so; passes over everything else. */
    String awaitLine(Predicate<String> wanted) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            String line = said.poll(100, TimeUnit.MILLISECONDS);
            if (line != null && wanted.test(line)) {
                return line;
            }
            if (line == null && !process.isAlive() && said.isEmpty()) {
                break;
            }
        }
        List<String> lines = Files.readAllLines(log);
        throw new AssertionError("The child did not get there: "
                + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size())));
    }

    /** Lets it run on; fails if it ends by itself. */
    void letRun(long millis) throws InterruptedException {
        assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS))
                .as("ended by itself, see %s", log)
                .isFalse();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** By SIGKILL: no shutdown hook, no finally, nothing flushed. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor()).as("exit code").isEqualTo(KILLED);
    }

    /** As an operator does, by SIGTERM. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
