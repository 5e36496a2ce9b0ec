package io.github.camelgitpod.machines;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link Node}, seen from outside: one life, from its start to its end. */
final class NodeProcess {
    private final Process process;
    private final Path file;
    private final Path log;
    private final List<Line> lines = new ArrayList<>();
    private long offset;
    private boolean killed;

    /**
     * Starts one.
     *
     * @param path        of what it writes, without an ending
     * @param environment what it has to know
     */
    NodeProcess(Path path, Map<String, String> environment) throws IOException {
        file = path.resolveSibling(path.getFileName() + ".txt");
        log = path.resolveSibling(path.getFileName() + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-Xmx96m",
                        "-Dlogback.configurationFile=logback-node.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Node.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put(Node.FILE, file.toString());
        process = builder.start();
    }

    long pid() {
        return process.pid();
    }

    /** Whether its routes are started, or wait for the cluster service. */
    boolean isReady() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("The process ended by itself: " + log());
        }
        return lines().stream().anyMatch(line -> line.kind() == 'S');
    }

    /** By SIGKILL: no shutdown hook, no finally, nothing flushed. */
    void kill() {
        killed = true;
        process.destroyForcibly().onExit().join();
    }

    boolean isKilled() {
        return killed;
    }

    /** By SIGSTOP: it is as if it slept. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** It wakes up, and knows nothing of it. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException(name + " could not be sent, the process ended: " + log());
        }
    }

    /** What it delivered so far, in order. */
    List<Line> lines() throws IOException {
        if (Files.exists(file)) {
            try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
                in.seek(offset);
                byte[] bytes = new byte[(int) (in.length() - offset)];
                in.readFully(bytes);
                String text = new String(bytes, StandardCharsets.US_ASCII);
                int end = text.lastIndexOf('\n') + 1;
                offset += end;
                text.substring(0, end).lines().map(Line::parse).forEach(lines::add);
            }
        }
        return lines;
    }

    /** The first entry that it delivered after that time. */
    Optional<Line> firstEntry(Instant after) throws IOException {
        Line first = null;
        List<Line> told = lines();
        for (int i = told.size() - 1; i >= 0 && told.get(i).time().isAfter(after); i--) {
            first = told.get(i).kind() == 'A' ? told.get(i) : first;
        }
        return Optional.ofNullable(first);
    }

    String log() throws IOException {
        return Files.readString(log);
    }
}
