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
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
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
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> walk(always).next());
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

    @Test
    void leavesNothingOfAttemptsThatFailed() {
        TemporaryFiles files = new TemporaryFiles();
        ScriptedServer server = new ScriptedServer(query -> {
            int page = query.token() == null ? 0 : Integer.parseInt(query.token());
            return page == 130 ? failing(400).answer(query) : page(String.valueOf(page + 1), at(2));
        });

        LegacyWalk walk = walk(server);
        assertThatExceptionOfType(ApiException.class).isThrownBy(walk::next);
        walk.close();

        files.awaitNone();
        assertThat(server.queries).hasSize(3 * 131);
    }

    private static LegacyWalk walk(ScriptedServer server) {
        FilterPlan plan = FilterPlan.untrusted(AuditLogFilter.ALL);
        return new LegacyWalk(server, plan, FROM, TO, 3);
    }

    private static AuditLogEntry at(int second) {
        return entry(String.valueOf(second), ZERO.plusSeconds(second));
    }
}
