package io.github.camelgitpod.benchmarks.server;

import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.benchmarks.ChildProcess;
import java.time.Duration;
import java.time.Instant;

/** The simulator in a process of its own, so that it shares neither memory nor compiled code with what is measured. */
public final class ServerProcess implements AutoCloseable {
    private final ChildProcess process;
    private ServerAddress address;

    /** @param maxHeap such as {@code 2g}: a million entries need one */
    public ServerProcess(String maxHeap) {
        process = ChildProcess.start(ServerMain.class, "-Xmx" + maxHeap);
        uniform(0);
    }

    /** Replaces the audit log by a year of so many entries, evenly spread. */
    public void uniform(int entries) {
        history(History.UNIFORM, entries, true);
    }

    /** The same, of a server that does not compress its answers: on one machine that would be most of the work. */
    public void uncompressed(int entries) {
        history(History.UNIFORM, entries, false);
    }

    /** Replaces the audit log by a year of so many entries, seven of ten in 200 bursts of ten minutes. */
    public void bursts(int entries) {
        history(History.BURSTS, entries, true);
    }

    private void history(History history, int entries, boolean compression) {
        String[] answer = process.ask("history " + history + " " + entries + " " + compression)
                .split(" ");
        address = new ServerAddress(answer[0], answer[1], Instant.parse(answer[2]));
    }

    /**
     * Replaces what there is by so many organizations at one address, each with a year of so many entries, evenly spread. The
     * answers are not compressed.
     *
     * @return their tokens, with commas
     */
    public String tenants(int count, int entries) {
        uniform(0);
        return process.ask("tenants " + count + " " + entries);
    }

    /** Returns once so many organizations are watched. */
    public void awaitWatched(int count) {
        await("streams")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Integer.parseInt(process.ask("tenantsWatched")) >= count);
    }

    /** How many requests all organizations have had since this was asked last. */
    public long tenantsRequests() {
        return Long.parseLong(process.ask("tenantsRequests"));
    }

    /** As {@link #flood()}, to each organization. */
    public void floodTenants() {
        process.ask("tenantsFlood");
    }

    /** How the first organization fails from now on: {@code 401}, {@code hangs}, {@code 429}, {@code drips}, {@code none}. */
    public void trouble(String kind) {
        process.ask("trouble " + kind);
    }

    /** Where it is; another one after each change of its history. */
    public ServerAddress address() {
        return address;
    }

    /** How much longer each page takes from now on. Pages that are asked for at the same time take it at the same time. */
    public void roundTrip(Duration time) {
        process.ask("roundTrip " + time.toMillis());
    }

    /** How many pages were asked for since this was asked last. */
    public long requests() {
        return Long.parseLong(process.ask("requests"));
    }

    /** Returns once a stream is open. */
    public void awaitStream() {
        await("a stream")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> !process.ask("streams").equals("0"));
    }

    /** Makes so many event lines for {@link #flood()}. */
    public void prepareEvents(int events) {
        process.ask("prepare " + events);
    }

    /** Sends the events that were prepared as fast as they are taken; returns before they are. */
    public void flood() {
        process.ask("flood");
    }

    /** Sends so many events evenly; returns when the last one is sent. */
    public void trickle(int events, int perSecond) {
        process.ask("trickle " + events + " " + perSecond);
    }

    /** Ends all streams in order. */
    public void endStreams() {
        process.ask("endStreams");
    }

    @Override
    public void close() {
        process.close();
    }
}
