package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.http.PartialServer;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * An audit log that makes everything hard for a reader that the protocol allows: equal times, entries that become visible
 * late, three kinds of page tokens, tokens that expire, empty pages with a token, errors, a {@code Date} that lags, and what
 * legacy servers do. Its clock moves only with its requests and when a test sets it.
 */
public final class AdversarialServer implements PartialServer {
    /** What a page token stands for. */
    public enum Tokens {
        /** The last entry of the page: nothing is lost between pages. */
        KEYSET,
        /** A number of entries, over ties that are sorted differently each time. */
        OFFSET,
        /** The last time of the page: the rest of a tie is skipped. */
        SKIPS_TIES
    }

    /** What it does with time bounds and sort order. Where it ignores the sort order, it lists newest first. */
    public enum Dialect {
        MODERN,
        REJECTS,
        IGNORES_ALL,
        /** As modern, but for the upper bound. */
        IGNORES_TO,
        IGNORES_SORT
    }

    /** An entry, when it was created, even if the entry does not say so, and when it becomes visible. */
    public record Row(AuditLogEntry entry, Instant createdAt, Instant visibleAt) {
        public String id() {
            return entry.json().toString();
        }

        public Duration lateness() {
            return Duration.between(createdAt, visibleAt);
        }
    }

    /** More than any of the histories needs. */
    private static final int MOST_REQUESTS = 20_000;

    private static final Comparator<Row> BY_TIME = Comparator.comparing(Row::createdAt);

    private final Random random;
    private final Tokens tokens;
    public final List<Row> rows = new ArrayList<>();
    public Dialect dialect = Dialect.MODERN;
    /** It becomes this at {@link #changesAt}, which may be between two pages; null: it stays what it is. */
    public Dialect laterDialect;

    public Instant changesAt;
    public Duration requestTakes = Duration.ofSeconds(3);
    public Duration dateLags = Duration.ZERO;
    public boolean dateless;
    /** What its Date says, by the time that it really is. */
    public UnaryOperator<Instant> clock = UnaryOperator.identity();

    public double badTokens;
    public double emptyPages;
    public double errors;
    public Instant now;
    public int requests;

    public AdversarialServer(Random random, Tokens tokens, Instant now) {
        this.random = random;
        this.tokens = tokens;
        this.now = now;
    }

    /** Ends the faults. What kind of server it is stays. */
    public void recover() {
        badTokens = 0;
        emptyPages = 0;
        errors = 0;
        dateLags = Duration.ZERO;
    }

    @Override
    public AuditLogPage listAuditLogs(AuditLogQuery query) throws IOException {
        now = now.plus(requestTakes);
        if (++requests > MOST_REQUESTS) {
            throw new AssertionError("no end of requests: " + query);
        }
        if (random.nextDouble() < errors) {
            throw random.nextBoolean()
                    ? new ApiException(500, "internal", "the server has a bad day", null)
                    : new ApiException(429, "resource_exhausted", "not so fast", Duration.ofSeconds(1));
        }
        if (laterDialect != null && now.isAfter(changesAt)) {
            dialect = laterDialect;
        }
        boolean bounded = query.from() != null || query.to() != null || query.order() != null;
        if (dialect == Dialect.REJECTS && bounded) {
            throw new ApiException(400, "invalid_argument", "unknown field \"from\"", null);
        }
        if (query.token() != null && random.nextDouble() < badTokens) {
            throw new ApiException(400, "invalid_argument", "the page token has expired", null);
        }
        return page(query);
    }

    private AuditLogPage page(AuditLogQuery query) {
        boolean ascending = query.order() == AuditLogQuery.Order.ASCENDING
                && (dialect == Dialect.MODERN || dialect == Dialect.IGNORES_TO);
        Comparator<Row> order = ascending ? BY_TIME : BY_TIME.reversed();
        List<Row> matching = matching(query, order);
        int position = query.token() == null ? 0 : position(query.token(), matching, order);
        if (random.nextDouble() < emptyPages) {
            return new AuditLogPage(List.of(), query.token() != null ? query.token() : "offset 0");
        }
        int end = Math.min(position + query.pageSize(), matching.size());
        List<AuditLogEntry> page =
                matching.subList(position, end).stream().map(Row::entry).toList();
        return new AuditLogPage(page, end == matching.size() ? null : tokenAfter(matching.get(end - 1), end));
    }

    private List<Row> matching(AuditLogQuery query, Comparator<Row> order) {
        boolean from = query.from() != null && dialect != Dialect.IGNORES_ALL;
        boolean to = query.to() != null && dialect != Dialect.IGNORES_ALL && dialect != Dialect.IGNORES_TO;
        List<Row> matching = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (!row.visibleAt().isAfter(now)
                    && !(from && row.createdAt().isBefore(query.from()))
                    && !(to && !row.createdAt().isBefore(query.to()))
                    && query.filter().matches(row.entry())) {
                matching.add(row);
            }
        }
        if (tokens == Tokens.KEYSET) {
            matching.sort(order.thenComparing(Row::id));
        } else {
            Collections.shuffle(matching, random);
            matching.sort(order);
        }
        return matching;
    }

    private String tokenAfter(Row last, int end) {
        return switch (tokens) {
            case KEYSET -> "key " + last.createdAt() + " " + last.id();
            case OFFSET -> "offset " + end;
            case SKIPS_TIES -> "time " + last.createdAt();
        };
    }

    private static int position(String token, List<Row> matching, Comparator<Row> order) {
        String[] parts = token.split(" ", 3);
        if (parts[0].equals("offset")) {
            return Math.min(Integer.parseInt(parts[1]), matching.size());
        }
        Row last = new Row(null, Instant.parse(parts[1]), null);
        int position = 0;
        while (position < matching.size()) {
            int later = order.compare(matching.get(position), last);
            boolean after = later > 0
                    || (later == 0
                            && parts[0].equals("key")
                            && matching.get(position).id().compareTo(parts[2]) > 0);
            if (after) {
                break;
            }
            position++;
        }
        return position;
    }

    @Override
    public Optional<Instant> serverTime() {
        if (dateless) {
            return Optional.empty();
        }
        long lag = dateLags.isZero() ? 0 : (long) (random.nextDouble() * dateLags.toMillis());
        return Optional.of(clock.apply(now.minusMillis(lag)));
    }
}
