package io.github.camelgitpod.event.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.event.recovery.GapRecovery;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.state.StreamPosition;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeliveryLedgerTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant T1 = T0.plusSeconds(10);
    private static final Instant T2 = T0.plusSeconds(20);
    private static final StreamGap GAP = new StreamGap(T0, T1, "reset", 1);

    private final DeliveryLedger ledger =
            new DeliveryLedger("environment", GapRecovery.none(), new StreamPosition(T0, null));

    @Test
    void whatWasReceivedIsThePositionWhenNothingIsInTheQueue() {
        assertThat(ledger.position(null)).as("since it is wanted").isEqualTo(T0);
        assertThat(ledger.position(T2)).isEqualTo(T2);
        ledger.queued(null);
        assertThat(ledger.position(T2)).isEqualTo(T0);
        ledger.delivered(T1);
        assertThat(ledger.position(T2)).isEqualTo(T1);
        assertThat(ledger.position(T0)).as("the route was in the way").isEqualTo(T0);
        assertThat(ledger.position(null)).isEqualTo(T1);
        ledger.unqueued(null);
        assertThat(ledger.position(T2)).isEqualTo(T2);
    }

    @Test
    void aGapThatIsToBeRecoveredHoldsThePosition() {
        ledger.delivered(T1);
        assertThat(ledger.toRecover(GAP)).isEqualTo(GAP);
        ledger.delivered(T2);

        assertThat(ledger.position(T2)).isEqualTo(T0);
        ledger.recovered();
        assertThat(ledger.position(T2)).isEqualTo(T2);
        ledger.queued(null);
        ledger.delivered(T2);
        assertThat(ledger.position(T2)).isEqualTo(T2);
    }

    @Test
    void aLaterGapDoesNotMoveThePosition() {
        ledger.delivered(T0);
        ledger.toRecover(new StreamGap(T1, T2, "reset", 1));

        assertThat(ledger.position(T2)).isEqualTo(T0);
        StreamGap both = ledger.toRecover(GAP);
        assertThat(both.from()).isEqualTo(T0);
        assertThat(both.to()).isEqualTo(T2);
    }

    /** Else a process that ends before its first listing succeeds would leave no position, and the next one tell no gap. */
    @Test
    void whatIsOnlyToBeLearnedDoesNotHoldThePosition() {
        assertThat(ledger.toRecover(null)).isNull();

        assertThat(ledger.position(T2)).isEqualTo(T2);
    }

    /** The route was in the way, so the last event before the gap was read after it had begun. */
    @Test
    void aGapThatWaitsIsNotPassedByThePosition() {
        ledger.queued(null);
        ledger.queued(T1);
        ledger.queued(T2);
        ledger.delivered(T2.plusSeconds(1));
        ledger.unqueued(null);
        assertThat(ledger.position(T2.plusSeconds(2))).isEqualTo(T1);
        assertThat(ledger.position(T0)).isEqualTo(T0);

        ledger.unqueued(T1);
        assertThat(ledger.position(T2.plusSeconds(2))).isEqualTo(T2);
        ledger.unqueued(T2);
        assertThat(ledger.position(T2.plusSeconds(2))).isEqualTo(T2.plusSeconds(2));
    }

    @Test
    void whatIsOwedIsStoredWithThePosition() {
        assertThat(ledger.toStore(null)).isEqualTo(new StreamPosition(T0, null));
        ledger.missed(GAP);
        assertThat(ledger.toStore(T2)).isEqualTo(new StreamPosition(T2, GAP));

        DeliveryLedger next = new DeliveryLedger("environment", GapRecovery.none(), ledger.toStore(T2));
        assertThat(next.unreported()).isEqualTo(GAP);
        next.reported();

        assertThat(next.toStore(null)).isEqualTo(new StreamPosition(T2, null));
    }

    @Test
    void gapsWithoutAnEventBetweenThemAreReportedAsOne() {
        assertThat(ledger.unreported()).isNull();
        ledger.missed(GAP);
        ledger.missed(new StreamGap(T1, T2, "idle", 2));
        assertThat(ledger.unreported()).isEqualTo(new StreamGap(T0, T2, "reset", 3));

        ledger.reported();

        assertThat(ledger.unreported()).isNull();
        assertThat(ledger.environmentId()).isEqualTo("environment");
    }
}
