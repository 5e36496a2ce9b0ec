package io.github.camelgitpod.auditlog.walk;

import static io.github.camelgitpod.auditlog.walk.ScriptedServer.ZERO;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.all;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.entry;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.failing;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.page;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.tokens;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.undated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.ListingGivenUpException;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which requests a walk makes, answer by answer. */
class AuditLogWalkTest {
    private static final Instant END = ZERO.plusSeconds(60);

    @Test
    void goesOnFromTheLastTimeSeenInclusive() throws IOException {
        ScriptedServer server = ScriptedServer.inTurn(
                query -> page(
                        "next", entry("a", ZERO), entry("b", ZERO.plusSeconds(1).plusNanos(1500))),
                query -> page(null, entry("b", ZERO.plusSeconds(1).plusNanos(1500)), entry("c", ZERO.plusSeconds(2))));
        AuditLogWalk walk = walk(server);

        assertThat(walk.position()).isEqualTo(ZERO);
        assertThat(ScriptedServer.ids(walk.next())).containsExactly("a", "b");
        assertThat(walk.position()).isEqualTo(ZERO.plusSeconds(1).plusNanos(1000));
        assertThat(all(walk)).containsExactly("b", "c");
        assertThat(server.tokens()).isEqualTo(tokens(null, null));
        assertThat(server.queries.get(1).from()).isEqualTo(ZERO.plusSeconds(1).plusNanos(1000));
        assertThat(server.queries).allMatch(query -> query.to().equals(END));
    }

    @Test
    void followsTheTokensOfEmptyPages() throws IOException {
        ScriptedServer server = ScriptedServer.inTurn(
                query -> page("one"), query -> page("two"), query -> page(null, entry("a", ZERO)));

        assertThat(all(walk(server))).containsExactly("a");
        assertThat(server.tokens()).isEqualTo(tokens(null, "one", "two"));
    }

    @Test
    void begins3TimesWhereATokenLeadsNowhere() {
        ScriptedServer server = new ScriptedServer(query -> page("the same"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> walk(server).next())
                .withMessageContaining("No progress")
                .withNoCause();
        assertThat(server.tokens()).isEqualTo(tokens(null, "the same", null, "the same", null, "the same"));
    }

    @Test
    void begins3TimesWhereATokenIsRefused() {
        ScriptedServer server = new ScriptedServer(
                query -> query.token() == null ? page("bad") : failing(400).answer(query));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> walk(server).next())
                .withMessageContaining("No progress")
                .withCauseInstanceOf(ApiException.class);
        assertThat(server.tokens()).isEqualTo(tokens(null, "bad", null, "bad", null, "bad"));
    }

    @Test
    void otherFailuresAreNotItsOwn() {
        ScriptedServer unavailable = new ScriptedServer(
                query -> query.token() == null ? page("good") : failing(503).answer(query));
        ScriptedServer refusing = new ScriptedServer(failing(400));

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> walk(unavailable).next())
                .withMessageContaining("503");
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> walk(refusing).next());
        assertThat(unavailable.queries).hasSize(2);
        assertThat(refusing.queries).hasSize(1);
    }

    @Test
    void looksBeforeAPageOfOneTimeSinceTheServerMayNotSort() throws IOException {
        Instant time = ZERO.plusSeconds(10);
        ScriptedServer server = ScriptedServer.inTurn(
                query -> page("next", entry("d", time), entry("e", time)),
                query -> page("next", entry("a", ZERO), entry("b", ZERO.plusSeconds(1))),
                query -> page(null, entry("b", ZERO.plusSeconds(1)), entry("c", ZERO.plusSeconds(2))),
                query -> page(null, entry("d", time), entry("e", time), entry("f", time)));

        assertThat(all(walk(server))).containsExactly("a", "b", "b", "c", "d", "e", "d", "e", "f");
        assertThat(server.queries.get(1).from()).isEqualTo(ZERO);
        assertThat(server.queries.get(1).to()).isEqualTo(time);
        assertThat(server.queries.get(2).to()).isEqualTo(time);
        assertThat(server.queries.get(3).from()).isEqualTo(time);
        assertThat(server.queries.get(3).to()).isEqualTo(END);
    }

    @Test
    void goesOnByTokenWhereEntriesTellNoTime() throws IOException {
        ScriptedServer server =
                ScriptedServer.inTurn(query -> page("one", undated("a")), query -> page(null, undated("b")));

        assertThat(all(walk(server))).containsExactly("a", "b");
        assertThat(server.tokens()).isEqualTo(tokens(null, "one"));
    }

    @Test
    void goesNotInCirclesWhereEntriesTellNoTime() {
        AuditLogEntry undated = undated("a");
        ScriptedServer server = ScriptedServer.endless((token, query) -> page(token, undated));

        assertGivenUp(walk(server), "1 entries");
        assertThat(server.queries).hasSize(1_001);
    }

    @Test
    void emptyPagesWithoutEndAreGivenUp() {
        ScriptedServer server = ScriptedServer.endless((token, query) -> page(token));

        assertGivenUp(walk(server), "0 entries");
        assertThat(server.queries).hasSize(1_000);
    }

    @Test
    void aPageWithSomethingNewBeginsTheCountAnew() throws IOException {
        int[] asked = {0};
        ScriptedServer server = ScriptedServer.endless((token, query) -> {
            Instant time = ZERO.plusSeconds(++asked[0] / 900);
            return asked[0] % 900 > 0
                    ? page(token)
                    : page(
                            asked[0] == 2_700 ? null : token,
                            entry("a" + asked[0], time),
                            entry("b" + asked[0], time.plusMillis(1)));
        });

        assertThat(all(walk(server))).containsExactly("a900", "b900", "a1800", "b1800", "a2700", "b2700");
    }

    /** Each could stand behind others; the walk would look before it, and before that, for ever. */
    @Test
    void pagesOfOneTimeThatLeadFurtherBackEachTimeAreGivenUp() {
        ScriptedServer server = ScriptedServer.endless(
                (token, query) -> page(token, entry(token, query.to().minusNanos(1_000))));

        assertGivenUp(walk(server), "1 entries");
        assertThat(server.queries).hasSize(1_000);
    }

    private static void assertGivenUp(Walk walk, String last) {
        assertThatExceptionOfType(ListingGivenUpException.class)
                .isThrownBy(() -> all(walk))
                .withMessageContainingAll("No progress: 1000 answers of EventService/ListAuditLogs", last);
    }

    @Test
    void asksNothingOfAnEmptyRange() throws IOException {
        ScriptedServer server = new ScriptedServer(query -> page(null));
        AuditLogWalk walk = new AuditLogWalk(server, AuditLogFilter.ALL, END, END, 2);

        assertThat(walk.isComplete()).isTrue();
        assertThat(walk.next()).isNull();
        assertThat(server.queries).isEmpty();
    }

    private static AuditLogWalk walk(ScriptedServer server) {
        return new AuditLogWalk(server, AuditLogFilter.ALL, ZERO, END, 2);
    }
}
