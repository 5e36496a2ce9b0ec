package io.github.camelgitpod.auditlog.walk;

import static io.github.camelgitpod.auditlog.walk.ScriptedServer.ZERO;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.all;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.entry;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.failing;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.ids;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.page;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.tokens;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.undated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.ListingGivenUpException;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which requests a walk on a legacy server makes, and what of the answers it hands out. */
class LegacyWalkTest {
    private static final Instant FROM = ZERO;
    private static final Instant TO = ZERO.plusSeconds(10);

    @Test
    void goesBackUntilAWholePageIsOlderAndHandsOutTheOtherWayRound() throws IOException {
        ScriptedServer server = ScriptedServer.inTurn(
                query -> page("one", at(11), at(10), at(9)),
                query -> page("two"),
                query -> page("three", at(9), at(8)),
                query -> page("four", at(2), at(-1)),
                query -> page("five", undated("undated"), at(-2)),
                query -> page("six", at(-2), at(-3)));
        LegacyWalk walk = walk(server);

        assertThat(walk.position()).isEqualTo(FROM);
        assertThat(walk.isComplete()).isFalse();
        assertThat(ids(walk.next())).containsExactly("undated");
        assertThat(walk.isComplete()).isFalse();
        assertThat(walk.position()).isEqualTo(FROM);
        assertThat(ids(walk.next())).containsExactly("2");
        assertThat(walk.position()).isEqualTo(ZERO.plusSeconds(2));
        assertThat(ids(walk.next())).containsExactly("8", "9");
        assertThat(walk.position()).isEqualTo(ZERO.plusSeconds(9));
        assertThat(walk.next()).as("shown before").isEmpty();
        assertThat(walk.position()).isEqualTo(ZERO.plusSeconds(9));
        assertThat(walk.isComplete()).isTrue();
        assertThat(walk.next()).isNull();
        assertThat(server.tokens()).isEqualTo(tokens(null, "one", "two", "three", "four", "five"));
        assertThat(server.queries).allMatch(query -> query.from() == null && query.to() == null);
    }

    @Test
    void theClaimOfWhatIsCompleteIsNeverTakenBack() throws IOException {
        LegacyWalk walk = walk(ScriptedServer.inTurn(query -> page("one", at(5)), query -> page(null, at(8))));

        walk.next();
        walk.next();

        assertThat(walk.position()).isEqualTo(ZERO.plusSeconds(8));
    }

    @Test
    void endsWhereTheServerHasNoMore() throws IOException {
        ScriptedServer server = new ScriptedServer(query -> page(null, at(2), at(1)));

        assertThat(all(walk(server))).containsExactly("1", "2");
        assertThat(server.queries).hasSize(1);
    }

    @Test
    void beginsAnewWhereATokenIsRefusedAndGivesUpAtTheThird() throws IOException {
        ScriptedServer server = ScriptedServer.inTurn(
                query -> page("bad", at(2)),
                failing(400),
                query -> page("bad", at(2)),
                failing(400),
                query -> page("good", at(3), at(2)),
                query -> page(null, at(1)));
        ScriptedServer always = new ScriptedServer(query ->
                query.token() == null ? page("bad", at(2)) : failing(400).answer(query));

        assertThat(all(walk(server))).containsExactly("1", "2", "3");
        // Not as a refusal of the request: the next poll has other tokens, and must not have to rest.
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> walk(always).next())
                .withMessage("No progress: 3 times EventService/ListAuditLogs refused the token of a page")
                .withCauseInstanceOf(ApiException.class);
        assertThat(always.queries).hasSize(6);
    }

    @Test
    void otherFailuresAreNotItsOwn() {
        ScriptedServer unavailable = new ScriptedServer(query ->
                query.token() == null ? page("good", at(2)) : failing(503).answer(query));

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> walk(unavailable).next());
        assertThat(unavailable.queries).hasSize(2);
    }

    @Test
    void goesNotInCircles() {
        ScriptedServer server = new ScriptedServer(query -> page("again", at(2)));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> walk(server).next())
                .withMessageContaining("same page token twice");
        assertThat(server.queries).hasSize(2);
    }

    /** What has no time is as old as its place says: among entries of the range it is wanted, far behind the last one it is not. */
    @Test
    void anEntryWithoutATimeIsWantedUntilAPageOfOlderOnesStandsBeforeIt() throws IOException {
        for (int older = 0; older < 8; older++) {
            List<AuditLogEntry> listed = new ArrayList<>(List.of(at(2), at(1)));
            IntStream.rangeClosed(1, older).forEach(i -> listed.add(at(-i)));
            listed.addAll(List.of(undated("undated"), at(-20), at(-21), at(-22), at(-23), at(-24), at(-25), at(-26)));
            List<String> wanted = older < 3 ? List.of("undated", "1", "2") : List.of("1", "2");
            for (int size = 3; size <= 5; size++) {
                int pageSize = size;
                ScriptedServer server = new ScriptedServer(query -> {
                    int from = query.token() == null ? 0 : Integer.parseInt(query.token());
                    int to = Math.min(from + pageSize, listed.size());
                    return new AuditLogPage(listed.subList(from, to), to == listed.size() ? null : String.valueOf(to));
                });

                assertThat(all(walk(server)))
                        .as("%s older, %s a page", older, size)
                        .hasSameElementsAs(wanted);
            }
        }
    }

    @Test
    void pagesWithoutEndAreGivenUp() {
        ScriptedServer empty = ScriptedServer.endless((token, query) -> page(token));
        ScriptedServer repeated = ScriptedServer.endless((token, query) -> page(token, at(3), at(2), undated("a")));
        ScriptedServer newer = ScriptedServer.endless((token, query) ->
                page(token, entry(token, TO.plusSeconds(token.length() + Integer.parseInt(token.substring(6))))));

        assertGivenUp(empty, 1_000, "0 entries");
        assertGivenUp(repeated, 1_001, "3 entries");
        assertGivenUp(newer, 1_001, "1 entries");
    }

    private static void assertGivenUp(ScriptedServer server, int requests, String last) {
        assertThatExceptionOfType(ListingGivenUpException.class)
                .isThrownBy(() -> walk(server).next())
                .withMessageContainingAll("No progress: 1000 answers of EventService/ListAuditLogs", last);
        assertThat(server.queries).hasSize(requests);
    }

    @Test
    void manyPagesOfOneTimeAreNoCircle() throws IOException {
        ScriptedServer server = new ScriptedServer(query -> {
            int page = query.token() == null ? 0 : Integer.parseInt(query.token());
            return page(page == 1_500 ? null : String.valueOf(page + 1), entry("e" + page, ZERO));
        });

        LegacyWalk walk = walk(server);
        assertThat(all(walk)).hasSize(1_501);
        walk.close();
    }

    @Test
    void leavesNothingOfAttemptsThatFailed() throws IOException {
        ScriptedServer server = new ScriptedServer(query -> {
            int page = query.token() == null ? 0 : Integer.parseInt(query.token());
            return page == 130 ? failing(400).answer(query) : page(String.valueOf(page + 1), at(2));
        });

        LegacyWalk walk = walk(server);
        assertThatExceptionOfType(IOException.class).isThrownBy(walk::next);
        walk.close();

        TemporaryFiles.assertNone();
        assertThat(server.queries).hasSize(3 * 131);
    }

    private static LegacyWalk walk(ScriptedServer server) {
        FilterPlan plan = FilterPlan.untrusted(AuditLogFilter.ALL);
        return new LegacyWalk(server, plan, FROM, TO, 3, 3, SpillDirectory.in(null));
    }

    private static AuditLogEntry at(int second) {
        return entry(String.valueOf(second), ZERO.plusSeconds(second));
    }
}
