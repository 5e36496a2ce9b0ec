package io.github.camelgitpod.examples.demo;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.Properties;

/**
 * An organization to try things with, which goes on from run to run: its past follows from a seed, a pace and the moment at
 * which it was founded, and these are kept in a file, with its port.
 */
final class SimulatedOrganization implements AutoCloseable {
    private final GitpodSimulator simulator;

    private SimulatedOrganization(GitpodSimulator simulator) {
        this.simulator = simulator;
        // A demo can run for days.
        simulator.eventStreams().logging(false);
    }

    /**
     * Founds the organization, or finds the one of the file again, and brings it up to now.
     *
     * @param file     where it is kept
     * @param entries  how many entries its past has when it is founded
     * @param liveRate how many entries it makes in a second
     */
    static SimulatedOrganization open(Path file, int entries, double liveRate) throws IOException {
        Properties kept = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                kept.load(reader);
            }
            return new SimulatedOrganization(GitpodSimulator.builder()
                    .seed(Long.parseLong(kept.getProperty("seed")))
                    .epoch(Instant.parse(kept.getProperty("epoch")))
                    .liveRate(Double.parseDouble(kept.getProperty("liveRate")))
                    // The cursor is of one address.
                    .port(Integer.parseInt(kept.getProperty("port", "0")))
                    .start());
        }
        long seed = 1;
        GitpodSimulator simulator = GitpodSimulator.builder()
                .seed(seed)
                .history(entries)
                .liveRate(liveRate)
                .start();
        kept.setProperty("seed", Long.toString(seed));
        kept.setProperty("epoch", simulator.organization().epoch().toString());
        kept.setProperty("port", Integer.toString(simulator.port()));
        kept.setProperty("liveRate", Double.toString(liveRate));
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (Writer writer = Files.newBufferedWriter(file)) {
            kept.store(writer, "The demo's simulated organization: its past is a function of these");
        }
        return new SimulatedOrganization(simulator);
    }

    String baseUrl() {
        return simulator.baseUrl();
    }

    String accessToken() {
        return simulator.accessToken();
    }

    /** How many entries its audit log has. */
    int size() {
        return simulator.auditLog().size();
    }

    /** The texts of its entries, by creation. */
    Iterator<String> entries() {
        return simulator.auditLog().entries().stream().map(Entry::json).iterator();
    }

    /** From now on nothing happens in it. */
    void pause() {
        simulator.organization().pause();
    }

    @Override
    public void close() {
        simulator.close();
    }
}
