package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogEntry;
import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.Identity;
import io.github.camelgitpod.client.JsonText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * An audit log that does everything to a reader that the protocol allows (the server of cursor_model.py): equal times,
 * entries that become visible late, three kinds of page tokens, tokens that turn bad, empty pages with a token. A request
 * takes three seconds of its clock.
 */
final class AdversarialServer implements GitpodClient {
    private static final Instant ZERO = Instant.parse("2026-02-18T10:00:00Z");

    /** What a page token stands for. */
    enum Tokens {
        /** The last entry of the page: nothing is lost between pages. */
        KEYSET,
        /** A number of entries, over ties that are sorted differently each time. */
        OFFSET,
        /** The last time of the page: the rest of a tie is skipped. */
        SKIPS_TIES
    }

    /** An entry and since when it is seen. */
    record Row(AuditLogEntry entry, Instant visibleAt) {}

    private final Random random;
    private final List<Row> rows = new ArrayList<>();
    private final Tokens tokens;
    double badTokens;
    double emptyPages;
    Instant now = ZERO;
    int requests;

    AdversarialServer(Random random, Tokens tokens) {
        this.random = random;
        this.tokens = tokens;
    }

    static Instant at(long seconds, int nanos) {
        return ZERO.plusSeconds(seconds).plusNanos(nanos);
    }

    void add(Instant createdAt, Duration lateness) {
        String id = "%016x".formatted(random.nextLong());
        AuditLogEntry entry = new AuditLogEntry(
                id,
                null,
                null,
                null,
                null,
                null,
                createdAt,
                createdAt.toString(),
                null,
                JsonText.of("{\"id\":\"" + id + "\"}"));
        rows.add(new Row(entry, createdAt.plus(lateness)));
    }

    List<String> ids() {
        return rows.stream().map(row -> row.entry().id()).toList();
    }

    @Override
    public AuditLogPage listAuditLogs(AuditLogQuery query) throws IOException {
        now = now.plusSeconds(3);
        requests++;
        String token = query.token();
        if (token != null && random.nextDouble() < badTokens) {
            throw new ApiException(400, "invalid_argument", "the page token has expired", null);
        }
        List<AuditLogEntry> matching = matching(query);
        int position = token == null ? 0 : position(token, matching);
        if (random.nextDouble() < emptyPages) {
            return new AuditLogPage(List.of(), token != null ? token : "offset 0");
        }
        int end = Math.min(position + query.pageSize(), matching.size());
        List<AuditLogEntry> page = matching.subList(position, end);
        return new AuditLogPage(page, end == matching.size() ? null : tokenAfter(page.get(page.size() - 1), end));
    }

    private List<AuditLogEntry> matching(AuditLogQuery query) {
        Comparator<AuditLogEntry> byTime = Comparator.comparing(AuditLogEntry::createdAt);
        List<AuditLogEntry> matching = new ArrayList<>(rows.stream()
                .filter(row -> !row.visibleAt().isAfter(now))
                .map(Row::entry)
                .filter(entry -> query.from() == null || !entry.createdAt().isBefore(query.from()))
                .filter(entry -> query.to() == null || entry.createdAt().isBefore(query.to()))
                .toList());
        if (tokens == Tokens.KEYSET) {
            matching.sort(byTime.thenComparing(AuditLogEntry::id));
        } else {
            Collections.shuffle(matching, random);
            matching.sort(byTime);
        }
        return matching;
    }

    private String tokenAfter(AuditLogEntry last, int end) {
        return switch (tokens) {
            case KEYSET -> "key " + last.createdAt() + " " + last.id();
            case OFFSET -> "offset " + end;
            case SKIPS_TIES -> "time " + last.createdAt();
        };
    }

    private static int position(String token, List<AuditLogEntry> matching) {
        String[] parts = token.split(" ");
        int position = 0;
        switch (parts[0]) {
            case "offset" -> position = Math.min(Integer.parseInt(parts[1]), matching.size());
            case "time" -> {
                while (position < matching.size()
                        && !matching.get(position).createdAt().isAfter(Instant.parse(parts[1]))) {
                    position++;
                }
            }
            default -> {
                Instant time = Instant.parse(parts[1]);
                while (position < matching.size() && !isAfter(matching.get(position), time, parts[2])) {
                    position++;
                }
            }
        }
        return position;
    }

    private static boolean isAfter(AuditLogEntry entry, Instant time, String id) {
        int order = entry.createdAt().compareTo(time);
        return order > 0 || (order == 0 && entry.id().compareTo(id) > 0);
    }

    @Override
    public Optional<Instant> serverTime() {
        return Optional.of(now);
    }

    @Override
    public Identity authenticatedIdentity() {
        return new Identity("organization", "subject", "PRINCIPAL_USER");
    }

    @Override
    public EventConnection watchEvents(EventQuery query, Duration idleTimeout, int maxLineBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
