package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClocksTest {
    private static final Instant NOW = Instant.parse("2026-02-18T10:00:00Z");
    private static final Instant FAR = Instant.parse("2099-01-01T00:00:00Z");
    private static final Duration LOOKBACK = Duration.ofMinutes(5);

    @Test
    void theEarlierOneMovesTheCursorAndTheLaterOneEndsReads() {
        for (Clocks clocks : new Clocks[] {clocks(NOW, FAR), clocks(FAR, NOW)}) {
            assertThat(clocks.earliest()).isEqualTo(NOW);
            assertThat(clocks.settled()).isEqualTo(NOW.minus(LOOKBACK));
            assertThat(clocks.latest()).isEqualTo(FAR);
        }
    }

    @Test
    void thePresentIsTheOneInTheMiddle() {
        Clocks clocks = clocks(NOW, NOW.plusSeconds(100));

        assertThat(clocks.present(null)).isEqualTo(NOW);
        assertThat(clocks.present(NOW.minusSeconds(1))).isEqualTo(NOW);
        assertThat(clocks.present(NOW.plusSeconds(1))).isEqualTo(NOW.plusSeconds(1));
        assertThat(clocks.present(FAR)).isEqualTo(NOW.plusSeconds(100));
    }

    @Test
    void agreeAsFarAsTheLookbackMakesUpForIt() {
        assertThat(clocks(NOW, NOW.plus(LOOKBACK)).agree()).isTrue();
        assertThat(clocks(NOW.plus(LOOKBACK), NOW).agree()).isTrue();
        assertThat(clocks(NOW, NOW.plus(LOOKBACK).plusNanos(1)).agree()).isFalse();
        assertThat(clocks(NOW.plus(LOOKBACK).plusNanos(1), NOW).agree()).isFalse();
    }

    /** A Date is cut to seconds, and may be on its way for some. */
    @Test
    void aLookbackShorterThanTheReadingErrorIsNoReasonToDisagree() {
        assertThat(new Clocks(NOW, NOW.plusSeconds(10), Duration.ZERO).agree()).isTrue();
        assertThat(new Clocks(NOW, NOW.plusSeconds(11), Duration.ZERO).agree()).isFalse();
    }

    @Test
    void areBehindACursorOnlyIfBothAre() {
        assertThat(clocks(NOW, FAR).areBehind(FAR, StartPosition.NOW)).isFalse();
        assertThat(clocks(NOW, NOW).areBehind(NOW.plusSeconds(10), StartPosition.NOW))
                .isFalse();
        assertThat(clocks(NOW, NOW).areBehind(NOW.plusSeconds(11), StartPosition.NOW))
                .isTrue();
    }

    @Test
    void aStartInTheFutureIsWanted() {
        assertThat(clocks(NOW, NOW).areBehind(FAR, StartPosition.at(FAR))).isFalse();
        assertThat(clocks(NOW, NOW).areBehind(FAR.plusNanos(1), StartPosition.at(FAR)))
                .isTrue();
    }

    /** What is asked of the server must be a time that it can read. */
    @Test
    void timesThatNoServerCanReadAreBounded() {
        Clocks clocks = clocks(Instant.MIN, Instant.MAX);

        assertThat(clocks.earliest()).isEqualTo(Instant.EPOCH);
        assertThat(clocks.latest()).hasToString("9999-12-31T00:00:00Z");
    }

    @Test
    void tellsWhatTheySay() {
        assertThat(clocks(NOW, NOW.minusSeconds(90)).text())
                .isEqualTo("the server's clock says 2026-02-18T10:00:00Z, this machine's is 1m30s behind");
    }

    private static Clocks clocks(Instant server, Instant machine) {
        return new Clocks(server, machine, LOOKBACK);
    }
}
