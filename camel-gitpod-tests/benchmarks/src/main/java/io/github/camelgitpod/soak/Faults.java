package io.github.camelgitpod.soak;

import io.github.camelgitpod.simulator.EventStreams;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.TroubleRule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;

/** What goes wrong between the server and those who read: one thing at a time, each over after some requests. */
final class Faults {
    private static final String LIST = "ListAuditLogs";
    private static final String WATCH = "WatchEvents";

    private final GitpodSimulator simulator;
    private final EventStreams streams;
    private final Random random;
    private int count;

    Faults(GitpodSimulator simulator, long seed) {
        this.simulator = simulator;
        this.streams = simulator.eventStreams();
        this.random = new Random(seed);
    }

    void strike() {
        count++;
        // Rules that are over, and requests of the past, would fill the memory.
        simulator.trouble().clear();
        simulator.requests().clear();
        switch (random.nextInt(16)) {
            case 0 -> some(LIST).respond(503, "unavailable", "maintenance");
            case 1 -> some(LIST).reset();
            case 2 -> some(LIST).rateLimited(Duration.ofSeconds(1));
            case 3 -> some(LIST).truncate(200);
            case 4 -> some("*").delay(Duration.ofMillis(300));
            case 5 -> some(LIST).emptyPage();
            case 6 -> some(LIST).expireToken();
            case 7 -> some(LIST).respondRaw(502, "text/html", "<html>Bad gateway</html>");
            case 8 -> some(LIST).slow(20_000);
            case 9 -> streams.endAll();
            case 10 -> streams.cutAll();
            case 11 -> streams.resetAll();
            case 12 -> streams.publishRaw("no event\n".getBytes(StandardCharsets.US_ASCII));
            case 13 -> {
                some(WATCH).respond(503, "unavailable", "maintenance");
                streams.cutAll();
            }
            case 14 -> {
                some("ListProjects").respond(500, "internal", "later");
                streams.cutAll();
            }
            default -> simulator.restart();
        }
    }

    /** No more of them. */
    void end() {
        simulator.trouble().clear();
    }

    int count() {
        return count;
    }

    private TroubleRule some(String method) {
        return simulator.trouble().on(method).times(1 + random.nextInt(3));
    }
}
