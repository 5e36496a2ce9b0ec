package io.github.camelgitpod.auditlog;

import static io.github.camelgitpod.testing.GitpodTest.HOUR_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.PageTokens;
import io.github.camelgitpod.simulator.TroubleRule;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Page tokens that lead nowhere, and pages that hold nothing. */
@Tag("T10")
class PageTokensTest {
    private static final String LIST = "ListAuditLogs";

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    /** Pages, and a microsecond of three pages, where only tokens lead on. */
    @BeforeEach
    void fill() {
        IntStream.range(0, 350).forEach(i -> simulator.auditLog().add(Entry.at(HOUR_AGO.plusSeconds(i))));
        IntStream.range(0, 250).forEach(i -> simulator.auditLog().add(Entry.at(HOUR_AGO.plusSeconds(175))));
    }

    @Test
    void emptyPagesAreNoEnd() throws Exception {
        TroubleRule rule =
                simulator.trouble().on(LIST).when(number -> number % 99 >= 2).emptyPage();
        deliversEverythingOnce();
        assertThat(rule.hits()).isGreaterThan(97);
    }

    @Test
    void tokensExpireNowAndThen() throws Exception {
        TroubleRule rule = simulator.trouble().on(LIST).probability(0.3, 1).expireToken();
        deliversEverythingOnce();
        assertThat(rule.hits()).isPositive();
    }

    @Test
    void tokensRepeatNowAndThen() throws Exception {
        TroubleRule rule = simulator.trouble().on(LIST).probability(0.3, 1).repeatToken();
        deliversEverythingOnce();
        assertThat(rule.hits()).isPositive();
    }

    @Test
    void everyTokenIsExpired() throws Exception {
        endsWithAnErrorAndGoesOnAfterwards(TroubleRule::expireToken);
    }

    @Test
    void everyTokenIsRepeated() throws Exception {
        endsWithAnErrorAndGoesOnAfterwards(TroubleRule::repeatToken);
    }

    @Test
    void everyPageIsEmptyForAWhile() throws Exception {
        TroubleRule rule = simulator.trouble().on(LIST).emptyPage();
        AuditLogRoute route = gitpod.auditLogs("from=beginning").start();
        await().until(() -> rule.hits() > 100);
        simulator.trouble().clear();
        route.delivered(600).polled();
        assertIsComplete(route);
    }

    @Test
    void aTokenIsRefusedAsThatOfAnotherFilter() throws Exception {
        PageTokens[] kinds = {PageTokens.OFFSET, PageTokens.KEYSET_ID};
        AuditLogRoute route = gitpod.auditLogs("from=beginning&commitEvery=10");
        int[] seen = {0};
        route.doing(exchange -> {
                    if (++seen[0] % 60 == 0) {
                        // Each token issued before is refused from now on.
                        simulator.pageTokens(kinds[seen[0] / 60 % 2]);
                    }
                })
                .start();
        route.delivered(600).polled();
        assertIsComplete(route);
    }

    private void deliversEverythingOnce() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning&commitEvery=10").start();
        route.delivered(600);
        simulator.trouble().clear();
        route.polled();
        assertIsComplete(route);
    }

    private void endsWithAnErrorAndGoesOnAfterwards(UnaryOperator<TroubleRule> trouble) throws Exception {
        trouble.apply(simulator.trouble().on(LIST));
        AuditLogRoute route = gitpod.auditLogs("from=beginning&commitEvery=10").start();
        await().until(() -> route.health().getError().isPresent());
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(route.health().getError().orElseThrow()).hasMessageContaining("No progress");

        simulator.trouble().clear();
        route.delivered(600).polled();
        assertIsComplete(route);
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.UP);
    }

    private void assertIsComplete(AuditLogRoute route) {
        assertThat(route.ids())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(simulator.auditLog().ids());
    }
}
