package io.github.camelgitpod.machines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All processes of a campaign, those that were killed too, and what they delivered. */
final class Nodes implements AutoCloseable {
    private final Path directory;
    private final Map<String, String> environment;
    /** By process id. */
    private final Map<Long, NodeProcess> all = new LinkedHashMap<>();

    /** @param directory of what they write; made if it is not there */
    Nodes(Path directory, Map<String, String> environment) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.environment = environment;
    }

    /** Starts one more. */
    void add() throws IOException {
        NodeProcess node = new NodeProcess(directory.resolve("node-" + all.size()), environment);
        all.put(node.pid(), node);
    }

    /** The one with that process id, if it runs. */
    Optional<NodeProcess> running(long pid) {
        return Optional.ofNullable(all.get(pid)).filter(node -> !node.isKilled());
    }

    private Stream<NodeProcess> running() {
        return all.values().stream().filter(node -> !node.isKilled());
    }

    /** Whether two or more have started their routes, or wait for the cluster service with them: one leads, one can take over. */
    boolean areEnough() throws IOException {
        int ready = 0;
        for (NodeProcess node : running().toList()) {
            ready += node.isReady() ? 1 : 0;
        }
        return ready > 1;
    }

    /**
     * The first entry that was delivered after that time, by one that runs.
     *
     * @param but not by this one; null: by any
     */
    Optional<Line> firstEntry(Instant after, NodeProcess but) throws IOException {
        Optional<Line> first = Optional.empty();
        for (NodeProcess node : running().filter(node -> node != but).toList()) {
            first = Stream.concat(first.stream(), node.firstEntry(after).stream())
                    .min(Comparator.comparing(Line::time));
        }
        return first;
    }

    /** What each delivered, by process id. */
    Map<Long, List<Line>> lives() throws IOException {
        Map<Long, List<Line>> lives = new HashMap<>();
        for (NodeProcess node : all.values()) {
            lives.put(node.pid(), node.lines());
        }
        return lives;
    }

    String logs() throws IOException {
        StringBuilder logs = new StringBuilder();
        for (NodeProcess node : running().toList()) {
            logs.append(node.pid()).append(":\n").append(node.log());
        }
        return logs.toString();
    }

    @Override
    public void close() {
        all.values().forEach(NodeProcess::kill);
    }
}
