package io.github.camelgitpod.benchmarks.server;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.TroubleRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Many organizations at one address, each with a token and a log of its own. */
final class Tenants {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final List<GitpodSimulator> all = new ArrayList<>();

    /**
     * @param host    whose address they share
     * @param entries that each has
     */
    Tenants(GitpodSimulator host, int count, int entries) {
        List<Entry> log = new ArrayList<>();
        History.UNIFORM.entries(entries, log::addAll);
        for (int i = 0; i < count; i++) {
            GitpodSimulator tenant = GitpodSimulator.builder()
                    .seed(i + 2L)
                    .compression(false)
                    .beside(host)
                    .start();
            tenant.eventStreams().logging(false);
            tenant.auditLog().addAll(log);
            all.add(tenant);
        }
    }

    /** Their tokens, in order, with commas. */
    String tokens() {
        return all.stream().map(GitpodSimulator::accessToken).collect(Collectors.joining(","));
    }

    /** How many of them are being watched. */
    long watched() {
        return all.stream().filter(tenant -> tenant.eventStreams().open() > 0).count();
    }

    /** Sends each of them the same events. */
    void flood(EventFeed feed) {
        all.forEach(tenant -> feed.flood(tenant.eventStreams()));
    }

    /** How many requests there were since this was asked last. */
    long requests() {
        long count = all.stream().mapToLong(tenant -> tenant.requests().count()).sum();
        all.forEach(tenant -> tenant.requests().clear());
        return count;
    }

    /** Lets the first one fail in some way from now on; {@code none}: not any more. */
    void trouble(String kind) {
        GitpodSimulator first = all.get(0);
        first.trouble().clear();
        TroubleRule rule = first.trouble().on("ListAuditLogs");
        switch (kind) {
            case "401" -> rule.respond(401, "unauthenticated", "no");
            case "hangs" -> rule.silence();
            case "429" -> rule.rateLimited(LONG);
            case "drips" -> rule.slow(100);
            case "none" -> rule.clear();
            default -> throw new IllegalArgumentException(kind);
        }
    }
}
