package io.github.camelgitpod.event.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.client.http.PartialServer;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.model.StreamLine;
import io.github.camelgitpod.testing.SteadyClocks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a renewed connection takes over, and whether a gap is told: one rule at a time. */
class RenewalRulesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SETTLED = Overlap.SETTLED;
    private static final Duration TICK = Duration.ofNanos(1);

    private Instant now = START;
    private final StreamClock clock = new StreamClock(
            SteadyClocks.of(() -> now),
            () -> Duration.between(START, now).toNanos(),
            (pause, wait) -> true,
            ReentrantLock::new);
    private final SettableConnection oldOne = new SettableConnection(START);
    private final SettableConnection freshOne = new SettableConnection(START);
    private final HeldConnection old = new HeldConnection(oldOne, clock, null);
    private final List<String> told = new ArrayList<>();
    private final Renewal renewal = new Renewal(
            old,
            (lines, upTo) -> told.add(ids(lines)),
            clock,
            (fresh, lived, ending) -> told.add("taken over" + (lived ? "" : " after a gap")));
    private HeldConnection fresh;

    @Test
    void beforeAndDuringTheRenewalTheLinesOfTheOldOneArePassedOn() {
        assertThat(bringsOld("a")).isTrue();
        connect();
        assertThat(bringsOld("b")).isTrue();

        assertThat(told).containsExactly("a", "b");
    }

    @Test
    void theLinesOfTheNewOneAreKeptUntilItTakesOver() {
        connect();
        assertThat(bringsFresh("a")).isTrue();
        assertThat(told).isEmpty();

        bringsOld("a");
        pass(SETTLED);
        renewal.decide();
        assertThat(bringsFresh("b")).isTrue();

        assertThat(told).containsExactly("a", "taken over", "b");
        assertThat(oldOne.closed).isTrue();
        assertThat(bringsOld("b")).as("the old one is not needed").isFalse();
        assertThat(renewal.isUnderWay()).isFalse();
    }

    @Test
    void nothingIsDecidedWhileOneOfThemWaitsForTheRouteNorSoonAfter() {
        for (boolean oldWaits : List.of(true, false)) {
            RenewalRulesTest other = new RenewalRulesTest();
            other.connect();
            other.bringsFresh("a");
            other.pass(Duration.ofSeconds(9));

            other.whileBlocked(oldWaits ? other.old : other.fresh, other.renewal::decide);
            other.pass(SETTLED.minus(TICK));
            other.renewal.decide();
            assertThat(other.told).isEmpty();

            other.pass(TICK);
            other.renewal.decide();
            assertThat(other.told).containsExactly("taken over after a gap", "a");
        }
    }

    @Test
    void aNewOneThatIsDeafIsGivenUp() {
        connect();
        pass(SETTLED.plus(TICK));
        bringsOld("a");
        pass(SETTLED.multipliedBy(4).plus(TICK));

        renewal.decide();

        assertThat(freshOne.closed).isTrue();
        assertThat(oldOne.closed).isFalse();
        assertThat(renewal.isUnderWay()).isFalse();
        assertThat(bringsFresh("a")).isFalse();
        assertThat(bringsOld("b")).isTrue();
        assertThat(told).containsExactly("a", "b");
    }

    @ParameterizedTest(name = "life signs {0}, after {1} ms: {2}")
    @CsvSource({
        "'', 1999, ''",
        "'', 2000, taken over after a gap",
        "PT60S, 64999, ''",
        "PT60S, 65000, taken over",
    })
    void ifBothAreSilentTheOldOneIsGivenTimeToShowThatItLives(String lifeSigns, long millis, String expected) {
        oldOne.lifeSigns = lifeSigns.isEmpty() ? null : Duration.parse(lifeSigns);
        connect();
        pass(Duration.ofMillis(millis));

        renewal.decide();

        assertThat(String.join("", told)).isEqualTo(expected);
        assertThat(oldOne.closed).isEqualTo(!expected.isEmpty());
    }

    /** A machine that is frozen sends no probes: that the old one did not end meanwhile shows nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"PT1M", "PT2H"})
    void theTimeOfASleepGivesTheOldOneNoTimeToShowThatItIsDead(Duration sleep) {
        oldOne.lifeSigns = Duration.ofSeconds(30);
        connect();
        pass(Duration.ofSeconds(1));
        renewal.decide();
        sleep(sleep);
        for (int second = 0; second < 5 + 34; second++) {
            old.look();
            renewal.decide();
            assertThat(told).as("%s s after the sleep", second).isEmpty();
            pass(Duration.ofSeconds(1));
        }
        pass(Duration.ofSeconds(1));
        renewal.decide();

        assertThat(told).containsExactly("taken over");
    }

    @Test
    void aLineThatWaitedWhileTheProcessSleptIsStillToCome() {
        connect();
        pass(Duration.ofMillis(100));
        bringsOld("a");
        renewal.decide();
        sleep(Duration.ofMinutes(1));
        renewal.decide();
        assertThat(told).containsExactly("a");

        bringsFresh("a");
        pass(Duration.ofSeconds(6));
        renewal.decide();
        assertThat(told).containsExactly("a", "taken over");
        bringsFresh("b");
        assertThat(told).containsExactly("a", "taken over", "b");
    }

    @Test
    void aByteOfTheOldOneShowsThatItLivesBeforeThePatienceIsOver() {
        connect();
        pass(Duration.ofMillis(1));
        oldOne.lastByteAt = now;

        renewal.decide();

        assertThat(told).containsExactly("taken over");
    }

    @Test
    void aByteCountsOnlyOnceTheOldOneIsReadAtOnce() {
        // The route was in the way, and is not any more; but the reader has not waited for a byte since.
        afterTheRouteWasInTheWay(() -> {
            connect();
            pass(Duration.ofMillis(1));
            oldOne.lastByteAt = now;
            renewal.decide();
            assertThat(told).isEmpty();

            pass(Sleeps.LATE.minusMillis(2));
            old.look();
            pass(Duration.ofMillis(1));
            oldOne.silence = Sleeps.LATE;
            renewal.decide();
            assertThat(told).isEmpty();
            pass(Duration.ofMillis(1));
            oldOne.lastByteAt = now;
            renewal.decide();
            assertThat(told).containsExactly("taken over");
        });
    }

    @Test
    void whileTheOldOneBringsLinesThatTheNewOneWillBringItWaits() {
        connect();
        oldOne.lastByteAt = START.plusMillis(1);
        pass(Duration.ofSeconds(3));
        bringsOld("a");
        pass(SETTLED.minus(TICK));
        renewal.decide();

        assertThat(told).containsExactly("a");
        assertThat(renewal.isUnderWay()).isTrue();
    }

    @Test
    void theNewOneDoesNotTakeOverInTheMiddleOfItsLines() {
        connect();
        bringsFresh("a");
        pass(SETTLED.minus(TICK));

        renewal.decide();

        assertThat(told).isEmpty();
    }

    @Test
    void aLineThatOnlyTheNewOneBroughtShowsThatTheOldOneIsDead() {
        connect();
        bringsFresh("a");
        pass(SETTLED);

        renewal.decide();

        assertThat(told).containsExactly("taken over after a gap", "a");
    }

    @Test
    void whenTheNewOneHasBroughtTooMuchItTakesOverAtOnce() {
        connect();

        assertThat(renewal.received(fresh, Collections.nCopies(4095, line("a")), new Arrival(now, now, now)))
                .isTrue();
        assertThat(told).isEmpty();
        assertThat(renewal.received(fresh, List.of(line("b")), new Arrival(now, now, now)))
                .isTrue();

        assertThat(told).hasSize(2).first().asString().startsWith("taken over");
        assertThat(oldOne.closed).isTrue();
    }

    static Stream<Arguments> endings() {
        IOException reset = new IOException("reset");
        return Stream.of(
                Arguments.of(Ending.clean(), "taken over"),
                Arguments.of(Ending.ofConnection(new ApiException(0, "unavailable", "down", null)), "taken over"),
                Arguments.of(Ending.ofConnection(reset), "taken over after a gap"));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void ifTheOldOneEndsTheNewOneTakesOver(Ending ending, String expected) {
        connect();

        assertThat(renewal.ended(old, ending)).isFalse();

        assertThat(told).containsExactly(expected);
        assertThat(renewal.oldEnding()).isSameAs(ending);
        assertThat(renewal.ended(fresh, Ending.clean()))
                .as("the new one has the stream")
                .isTrue();
    }

    @Test
    void anEndWhileTheOldOneIsBehindIsAGapSinceItIsNotKnownSinceWhen() {
        afterTheRouteWasInTheWay(() -> {
            connect();
            renewal.ended(old, Ending.clean());
        });

        assertThat(told).containsExactly("taken over after a gap");
    }

    @Test
    void anOldOneThatEndedWhileTheNewOneConnectsLeavesItTheStream() {
        assertThat(renewal.ended(old, Ending.clean())).isFalse();
        assertThat(renewal.isUnderWay()).isTrue();

        assertThat(connect()).isTrue();

        assertThat(told).containsExactly("taken over after a gap");
    }

    @Test
    void ifThereIsNoNewOneTheStreamIsWhoseConnectionEndedLast() {
        assertThat(renewal.failed()).as("the old one is still there").isFalse();
        assertThat(renewal.ended(old, Ending.clean())).isTrue();

        Renewal orphaned = new Renewal(old, (lines, upTo) -> {}, clock, (one, lived, ending) -> {});
        orphaned.ended(old, Ending.clean());
        assertThat(orphaned.failed()).isTrue();
    }

    static Stream<Ending> asked() {
        return Stream.of(null, Ending.stalled());
    }

    @ParameterizedTest
    @MethodSource("asked")
    void aStopOrAStallEndsTheRenewalToo(Ending ending) {
        connect();

        assertThat(renewal.ended(old, ending))
                .as("the stream stays with the old one's reader")
                .isTrue();

        assertThat(freshOne.closed).isTrue();
        assertThat(bringsFresh("a")).isFalse();
        assertThat(renewal.ended(fresh, null)).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void aNewOneThatOpensAfterThatIsNotWanted() {
        renewal.ended(old, Ending.stalled());

        assertThat(connect()).isFalse();
        assertThat(renewal.isUnderWay()).isFalse();
    }

    @Test
    void aNewOneThatEndsWithoutALineLeavesTheStreamToTheOldOne() {
        connect();

        assertThat(renewal.ended(fresh, Ending.clean())).isFalse();

        assertThat(oldOne.closed).isFalse();
        assertThat(renewal.isUnderWay()).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void aNewOneThatEndsWithLinesTakesOverWithThem() {
        connect();
        bringsFresh("a");

        assertThat(renewal.ended(fresh, Ending.clean())).isTrue();

        assertThat(told).hasSize(2).last().isEqualTo("a");
        assertThat(oldOne.closed).isTrue();
        assertThat(renewal.ended(old, null)).isFalse();
    }

    @Test
    void aNewOneThatIsStoppedWithLinesDoesNotTakeOver() {
        connect();
        bringsFresh("a");

        assertThat(renewal.ended(fresh, null)).isFalse();

        assertThat(told).isEmpty();
    }

    private boolean connect() {
        fresh = new HeldConnection(freshOne, clock, null);
        return renewal.opened(fresh);
    }

    /** With the looks that there are each second. */
    private void pass(Duration time) {
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            Instant next = now.plusSeconds(1);
            sleep(Duration.between(now, next.isBefore(end) ? next : end));
            old.look();
            if (fresh != null) {
                fresh.look();
            }
        }
    }

    /** Nobody looks meanwhile. */
    private void sleep(Duration time) {
        now = now.plus(time);
    }

    private boolean bringsOld(String id) {
        return renewal.received(old, List.of(line(id)), new Arrival(now, now, now));
    }

    private boolean bringsFresh(String id) {
        return renewal.received(fresh, List.of(line(id)), new Arrival(now, now, now));
    }

    private void whileBlocked(HeldConnection connection, Runnable action) {
        connection.read(
                new StreamSession(new PartialServer() {}),
                new Capacity() {
                    @Override
                    public boolean await(Pause pause) {
                        action.run();
                        return false;
                    }

                    @Override
                    public boolean isFull() {
                        return false;
                    }
                },
                null);
    }

    private void afterTheRouteWasInTheWay(Runnable whileReading) {
        oldOne.whileReading = whileReading;
        old.read(
                new StreamSession(new PartialServer() {}),
                new Capacity() {
                    @Override
                    public boolean await(Pause pause) {
                        return true;
                    }

                    @Override
                    public boolean isFull() {
                        return true;
                    }
                },
                null);
    }

    private static StreamLine line(String id) {
        return GitpodEvent.ofStream("OP", "TYPE", id, START, JsonText.of("{\"resourceId\":\"" + id + "\"}"));
    }

    private static String ids(List<StreamLine> lines) {
        return String.join(
                ",",
                lines.stream().map(line -> ((GitpodEvent) line).resourceId()).toList());
    }
}
