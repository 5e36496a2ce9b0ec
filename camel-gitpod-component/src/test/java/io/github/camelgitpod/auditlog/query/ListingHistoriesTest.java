package io.github.camelgitpod.auditlog.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.auditlog.reader.StartPosition;
import io.github.camelgitpod.auditlog.walk.AdversarialServer;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Dialect;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Row;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Tokens;
import io.github.camelgitpod.auditlog.walk.EntryMaker;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A listing has each entry of its range once and in order, whatever the server is, and whatever becomes of its page tokens. */
class ListingHistoriesTest {
    private static final int HISTORIES = 40;

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void allAreListedOnceAndInOrder(Dialect dialect) throws IOException {
        for (int seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            AdversarialServer server = server(dialect, random);
            Instant from = random.nextBoolean() ? null : EntryMaker.ZERO.plusSeconds(random.nextInt(400));
            Instant to = random.nextBoolean() ? null : EntryMaker.ZERO.plusSeconds(400 + random.nextInt(400));
            boolean newestFirst = random.nextBoolean();
            int limit = random.nextBoolean() ? 0 : 1 + random.nextInt(400);
            ListingRequest request = new ListingRequest(
                    AuditLogFilter.ALL, from == null ? null : StartPosition.at(from), to, newestFirst, limit);

            List<AuditLogEntry> listed = new ArrayList<>();
            new AuditLogLister(server, () -> server.now)
                    .list(request, UnaryOperator.identity())
                    .forEach(listed::add);
            assertThat(listed).as("seed %s, %s", seed, request).doesNotHaveDuplicates();
            // Of equal times any one may come first.
            assertThat(listed.stream().map(AuditLogEntry::createdAt))
                    .as("seed %s, %s", seed, request)
                    .containsExactlyElementsOf(expected(server, request));
        }
    }

    /** Up to 500 entries, many of which share a time. */
    private static AdversarialServer server(Dialect dialect, Random random) {
        AdversarialServer server = new AdversarialServer(random, Tokens.KEYSET, EntryMaker.ZERO.plusSeconds(1_000));
        server.dialect = dialect;
        // A legacy server has to be read from the top again.
        server.badTokens = dialect == Dialect.MODERN ? 0.15 : 0.02;
        server.emptyPages = dialect == Dialect.MODERN ? 0.1 : 0;
        int count = random.nextInt(500);
        for (int i = 0; i < count; i++) {
            Instant at = EntryMaker.ZERO.plusSeconds(random.nextInt(800)).plusNanos(random.nextInt(3) * 400L);
            server.rows.add(
                    new Row(EntryMaker.parse("{\"id\":\"%04d\",\"createdAt\":\"%s\"}".formatted(i, at)), at, at));
        }
        return server;
    }

    private static List<Instant> expected(AdversarialServer server, ListingRequest request) {
        Comparator<Instant> order = request.newestFirst() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return server.rows.stream()
                .map(Row::createdAt)
                .filter(at ->
                        request.from() == null || !at.isBefore(request.from().instant()))
                .filter(at -> request.to() == null || at.isBefore(request.to()))
                .sorted(order)
                .limit(request.limit() == 0 ? Integer.MAX_VALUE : request.limit())
                .toList();
    }
}
