package io.github.camelgitpod.auditlog.walk;

import static io.github.camelgitpod.auditlog.walk.ScriptedServer.ZERO;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.entry;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.failing;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.ids;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelgitpod.auditlog.reader.QuietLog;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.ListingGivenUpException;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How often a microsecond is walked, with which page sizes, and when that is given up. */
class SaturatedGranuleTest {
    @RegisterExtension
    static final QuietLog QUIET = new QuietLog();

    @Test
    void isWalkedUntilFourWalksInARowBringNothingNewWithChangingPageSizes() throws IOException {
        ScriptedServer server = new ScriptedServer(
                query -> query.token() == null ? page("rest", tied("a"), tied("b")) : page(null, tied("c")));

        assertThat(all(server, 10)).containsExactly("a", "b", "c");
        assertThat(sizes(server)).containsExactly(10, 10, 9, 9, 8, 8, 10, 10, 9, 9);
        assertThat(server.tokens().subList(0, 4)).isEqualTo(ScriptedServer.tokens(null, "rest", null, "rest"));
    }

    @Test
    void aPageHasAtLeastOneEntry() throws IOException {
        ScriptedServer server = new ScriptedServer(query -> page(null, tied("a")));

        assertThat(all(server, 1)).containsExactly("a");
        assertThat(sizes(server)).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void aWalkThatBringsSomethingNewBeginsTheCountAnew() throws IOException {
        ScriptedServer server = ScriptedServer.inTurn(
                query -> page(null, tied("a")),
                query -> page(null, tied("a")),
                query -> page(null, tied("a")),
                query -> page(null, tied("a")),
                query -> page("rest", tied("b")),
                query -> page(null, tied("a")),
                query -> page(null, tied("a"), tied("b")));

        assertThat(all(server, 2)).containsExactly("a", "b");
        assertThat(server.queries).hasSize(4 + 2 + 4);
    }

    /** For each entry that a walk shows twice, it may have missed another one. */
    @Test
    void aWalkThatShowsAnEntryTwiceDoesNotCount() throws IOException {
        ScriptedServer server = ScriptedServer.inTurn(
                query -> page(null, tied("a"), tied("b")),
                query -> page(null, tied("a"), tied("b")),
                query -> page("rest", tied("a"), tied("b")),
                query -> page(null, tied("b")),
                query -> page(null, tied("a"), tied("b")));

        assertThat(all(server, 2)).containsExactly("a", "b");
        assertThat(server.queries).hasSize(2 + 2 + 4);
    }

    @Test
    void isGivenUpAfter400WalksOfAServerThatAlwaysShowsSomeTwice() throws IOException {
        ScriptedServer server = new ScriptedServer(query -> page(null, tied("a"), tied("a")));

        assertThat(all(server, 2)).containsExactly("a");
        assertThat(server.queries).hasSize(400);
    }

    @Test
    void aBrokenTokenEndsTheWalkAndTheTwentiethTheAttempt() {
        ScriptedServer server = new ScriptedServer(query ->
                query.token() == null ? page("bad", tied("a")) : failing(400).answer(query));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> all(server, 2))
                .withMessageContaining("No progress")
                .withCauseInstanceOf(ApiException.class);
        assertThat(server.queries).hasSize(40);
    }

    @Test
    void aRepeatedTokenIsABrokenOne() {
        ScriptedServer server = new ScriptedServer(query -> page("again", tied("a")));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> all(server, 2))
                .withMessageContaining("No progress")
                .withNoCause();
        assertThat(server.queries).hasSize(40);
    }

    @Test
    void entriesThatAreRepeatedUnderNewTokensAreGivenUp() {
        ScriptedServer server = ScriptedServer.endless((token, query) -> page(token, tied("a"), tied("b")));

        assertThatExceptionOfType(ListingGivenUpException.class)
                .isThrownBy(() -> all(server, 2))
                .withMessageContainingAll("No progress: 1000 answers of EventService/ListAuditLogs", "2 entries");
        assertThat(server.queries).hasSize(1_001);
    }

    /** The walks after the first bring nothing new, but each of their pages has what this walk did not have. */
    @Test
    void manyPagesAreNoCircle() throws IOException {
        ScriptedServer server = new ScriptedServer(query -> {
            int page = query.token() == null ? 0 : Integer.parseInt(query.token());
            return page(page == 1_500 ? null : String.valueOf(page + 1), tied("e" + page));
        });

        assertThat(all(server, 1)).hasSize(1_501);
        assertThat(server.queries).hasSize(5 * 1_501);
    }

    /** A walk that breaks off has not seen everything: it is not counted as a quiet one. */
    @Test
    void aBrokenWalkDoesNotCountUnlessItBringsSomethingNew() throws IOException {
        ScriptedServer server = ScriptedServer.inTurn(
                query -> page(null, tied("a")),
                query -> page(null, tied("a")),
                query -> page(null, tied("a")),
                query -> page("bad", tied("a")),
                failing(400),
                query -> page(null, tied("a")),
                query -> page("bad", tied("b")),
                failing(400),
                query -> page(null, tied("a"), tied("b")));

        assertThat(all(server, 2)).containsExactly("a", "b");
        // In turn: new, quiet, quiet, broken, quiet, broken with something new, four times quiet.
        assertThat(server.queries).hasSize(1 + 2 + 2 + 1 + 2 + 4);
    }

    @Test
    void otherFailuresAreNotItsOwn() {
        ScriptedServer unavailable = new ScriptedServer(
                query -> query.token() == null ? page("good") : failing(503).answer(query));
        ScriptedServer refusing = new ScriptedServer(failing(400));

        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> all(unavailable, 2));
        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> all(refusing, 2));
        assertThat(unavailable.queries).hasSize(2);
        assertThat(refusing.queries).hasSize(1);
    }

    private static List<String> all(ScriptedServer server, int pageSize) throws IOException {
        SaturatedGranule granule = new SaturatedGranule(
                server,
                new AuditLogQuery(
                        AuditLogFilter.ALL,
                        ZERO,
                        ZERO.plus(1, ChronoUnit.MICROS),
                        AuditLogQuery.Order.ASCENDING,
                        pageSize,
                        null));
        List<String> all = new ArrayList<>();
        for (List<AuditLogEntry> more = granule.next(); more != null; more = granule.next()) {
            assertThat(more).isNotEmpty();
            all.addAll(ids(more));
        }
        return all;
    }

    private static List<Integer> sizes(ScriptedServer server) {
        return server.queries.stream().map(AuditLogQuery::pageSize).toList();
    }

    private static AuditLogEntry tied(String id) {
        return entry(id, ZERO);
    }
}
