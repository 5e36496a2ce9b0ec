package io.github.camelgitpod.machines;

import io.github.camelgitpod.testing.process.GrowingFile;
import io.github.camelgitpod.testing.process.JavaCommand;
import io.github.camelgitpod.testing.process.LoggedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link Node}, seen from outside: one life, from its start to its end. */
final class NodeProcess {
    private final LoggedProcess process;
    private final GrowingFile written;
    private final List<Line> lines = new ArrayList<>();
    private boolean killed;

    /**
     * Starts one.
     *
     * @param path        of what it writes, without an ending
     * @param environment what it has to know
     */
    NodeProcess(Path path, Map<String, String> environment) throws IOException {
        Path file = path.resolveSibling(path.getFileName() + ".txt");
        ProcessBuilder builder =
                JavaCommand.small("96m", List.of("logback.configurationFile=logback-node.xml"), Node.class);
        builder.environment().putAll(environment);
        builder.environment().put(Node.FILE, file.toString());
        written = new GrowingFile(file);
        process = LoggedProcess.start(builder, path.resolveSibling(path.getFileName() + ".log"));
    }

    long pid() {
        return process.pid();
    }

    /** Whether its routes are started, or wait for the cluster service. */
    boolean isReady() throws IOException {
        process.assertRuns();
        return lines().stream().anyMatch(line -> line.kind() == 'S');
    }

    void kill() {
        killed = true;
        process.kill();
    }

    boolean isKilled() {
        return killed;
    }

    void pause() throws IOException, InterruptedException {
        process.pause();
    }

    void resume() throws IOException, InterruptedException {
        process.resume();
    }

    /** What it delivered so far, in order. */
    List<Line> lines() throws IOException {
        written.newLines().stream().map(Line::parse).forEach(lines::add);
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
        return process.log();
    }
}
