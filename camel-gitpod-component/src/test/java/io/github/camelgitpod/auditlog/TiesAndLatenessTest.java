package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import io.github.camelgitpod.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Entries of one instant, and entries that become visible late: on a server whose clock the test moves. */
class TiesAndLatenessTest {
    private static final Instant START = Instant.parse("2026-02-18T10:00:31Z");
    private static final Duration STEP = Duration.ofMinutes(2);
    private static final String LOOKBACK = "from=1h&lookback=10m";

    private final MovableClock clock = new MovableClock(START);

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest(GitpodSimulator.builder().clock(clock));

    private final GitpodSimulator simulator = gitpod.simulator();

    @Test
    @Tag("T6")
    void aTieThatGrowsAfterItWasDeliveredIsDeliveredAlsoWhatIsNew() throws Exception {
        Instant tied = START.minusSeconds(30).plusNanos(123_456_000);
        IntStream.range(0, 99).forEach(i -> add(tied.minusNanos(1000L * (99 - i))));
        add(tied);
        AuditLogRoute route = route(LOOKBACK).start();
        for (int grown = 0; grown < 4; grown++) {
            route.delivered(simulator.auditLog().size()).polled();
            // To 101 over the boundary of a page, then to more than one page in the microsecond.
            int more = List.of(1, 50, 150, 1).get(grown);
            IntStream.range(0, more).forEach(i -> add(tied));
            clock.move(Duration.ofMinutes(1));
        }
        route.delivered(simulator.auditLog().size()).polled();

        assertThat(route.ids())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(simulator.auditLog().ids());
        assertThat(route.exchanges())
                .noneMatch(exchange -> exchange.getMessage().getHeaders().containsKey(GitpodConstants.LATE));
    }

    @Test
    @Tag("T7")
    void whatIsAsLateAsTheLookbackComesAndWhatIsLaterIsFoundByTheSweep() throws Exception {
        Entry notLate = late(Duration.ofSeconds(60), Duration.ZERO);
        Entry half = late(Duration.ofSeconds(61), Duration.ofMinutes(5));
        Entry almost = late(Duration.ofSeconds(62), Duration.ofSeconds(599));
        // The full read of minute 12 moves the watermark one second past it, one second before it is visible.
        Entry beyond = late(Duration.ofSeconds(118), Duration.ofSeconds(603));
        MovableClock machine = new MovableClock(START);
        try (AuditLogRoute route = route(LOOKBACK + "&sweepInterval=15m&sweepRange=2h")) {
            route.machineClock(machine);
            route.start();
            add(START.minusSeconds(10));
            for (int step = 0; step < 20; step++) {
                route.betweenPolls(() -> clock.move(STEP));
                add(clock.instant().minusSeconds(90));
                // Full reads are due by this machine's clock. The server's is known by then.
                route.betweenPolls(() -> machine.move(STEP));
                if (step == 7) {
                    // After minute 12 and before the sweep of minute 18.
                    route.polled();
                    assertThat(route.ids())
                            .contains(notLate.id(), half.id(), almost.id())
                            .doesNotContain(beyond.id());
                }
            }
            route.polled();

            assertThat(route.ids())
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(simulator.auditLog().ids());
            assertThat(lateOnes(route)).containsExactlyInAnyOrder(half.id(), almost.id(), beyond.id());
            assertThat(route.consumer().getLateEntries()).isEqualTo(3);
            assertThat(route.consumer().getEntriesBeyondLookback()).isEqualTo(1);
            // 299 to 660 s for the first two, read every six minutes; 961 s for the last.
            assertThat(route.consumer().getLateness())
                    .isEqualTo("<=PT10S: 0, <=PT1M: 0, <=PT5M: 0, <=PT15M: 2, <=PT1H: 1, <=PT6H: 0, >PT6H: 0");
        }
        assertThat(gitpod.logs().warnings())
                .filteredOn(warning -> warning.startsWith("Entry "))
                .singleElement()
                .asString()
                .contains(beyond.id(), "later than lookback=10m", "16m");
    }

    @Test
    @Tag("T7")
    void whatOnlyASweepFindsComesOnceOverRestarts() throws Exception {
        String options = LOOKBACK + "&sweepInterval=6m&sweepRange=2h&" + gitpod.state();
        List<String> delivered = new ArrayList<>();
        List<String> late = new ArrayList<>();
        List<Entry> beyond = new ArrayList<>();
        for (int run = 0; run < 4; run++) {
            AuditLogRoute route = route(options).start();
            try (route) {
                for (int step = 0; step < 12; step++) {
                    add(clock.instant().minusSeconds(90));
                    route.betweenPolls(() -> clock.move(STEP));
                    if (step == 6) {
                        beyond.add(add(clock.instant().minus(Duration.ofMinutes(13))));
                    }
                }
                // The next process must find it without a sweep of this one.
                beyond.add(add(clock.instant().minus(Duration.ofMinutes(14))));
            }
            // Only now: a poll may have been under way.
            delivered.addAll(route.ids());
            late.addAll(lateOnes(route));
        }
        AuditLogRoute last = route(options).start();
        try (last) {
            for (int step = 0; step < 8; step++) {
                last.betweenPolls(() -> clock.move(STEP));
            }
        }
        delivered.addAll(last.ids());
        late.addAll(lateOnes(last));

        assertThat(delivered)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(simulator.auditLog().ids());
        assertThat(late)
                .containsExactlyInAnyOrderElementsOf(
                        beyond.stream().map(Entry::id).toList());
    }

    private static List<String> lateOnes(AuditLogRoute route) {
        return route.exchanges().stream()
                .filter(exchange -> Boolean.TRUE.equals(exchange.getMessage().getHeader(GitpodConstants.LATE)))
                .map(exchange -> exchange.getMessage().getHeader(GitpodConstants.ENTRY_ID, String.class))
                .toList();
    }

    private Entry late(Duration createdAfterStart, Duration lateness) {
        Instant created = START.plus(createdAfterStart);
        return simulator.auditLog().add(Entry.at(created), created.plus(lateness));
    }

    private Entry add(Instant createdAt) {
        return simulator.auditLog().add(Entry.at(createdAt));
    }

    private AuditLogRoute route(String options) {
        return gitpod.auditLogs(options);
    }
}
