package io.github.camelgitpod.event.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.event.recovery.GapRecovery;
import io.github.camelgitpod.event.stream.VirtualTime;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.state.StreamPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryQueueTest {
    private static final Duration MAX_STALL = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final int MOST_EVENTS = 3;
    private static final long MOST_BYTES = 10_000;

    private final VirtualTime time = new VirtualTime(count -> 0);
    private final DeliveryQueue queue = new DeliveryQueue(MOST_EVENTS, MOST_BYTES, MAX_STALL, time.clock());
    private static final StreamPosition FIRST = new StreamPosition(Instant.parse("2026-01-01T00:00:00Z"), null);

    private final DeliveryLedger ledger = new DeliveryLedger(null, GapRecovery.none(), FIRST);
    private final List<Object> seen = new ArrayList<>();
    private final Pause pause = new Pause();

    @BeforeEach
    void open() {
        queue.open();
    }

    @Test
    void parcelsComeInTheirOrderAndStayUntilTheyAreRemoved() {
        Parcel first = events(1, 0);
        Parcel second = new Parcel.Task(ledger, () -> {});
        queue.add(first);
        queue.add(second);

        assertThat(queue.head(MOMENT)).isSameAs(first);
        assertThat(queue.head(MOMENT)).isSameAs(first);
        queue.remove(first);
        assertThat(queue.head(MOMENT)).isSameAs(second);
    }

    @Test
    void itIsFullFromSoManyEventsOnUntilTheyHaveLeft() {
        queue.add(events(2, 0));
        assertThat(queue.capacity().isFull()).isFalse();
        Parcel last = events(1, 0);
        queue.add(last);
        queue.add(new Parcel.Skipped(ledger, null));

        assertThat(queue.capacity().isFull()).isTrue();
        assertThat(queue.size()).isEqualTo(3);
        queue.remove(queue.head(MOMENT));
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.capacity().isFull()).isFalse();
    }

    @Test
    void itIsFullFromSoManyBytesOn() {
        Parcel big = events(1, (int) MOST_BYTES - 400);
        queue.add(events(1, (int) MOST_BYTES - 801));
        assertThat(queue.capacity().isFull()).isFalse();
        queue.remove(queue.head(MOMENT));
        queue.add(big);

        assertThat(queue.capacity().isFull()).isTrue();
        queue.remove(big);
        assertThat(queue.capacity().isFull()).isFalse();
    }

    @Test
    void whoWaitsForAParcelGetsItWhenItComes() {
        Parcel parcel = events(1, 0);
        time.execute(() -> seen.add(queue.head(Duration.ofSeconds(5))));
        time.pass(Duration.ofSeconds(4));
        assertThat(seen).isEmpty();

        queue.add(parcel);
        time.settle();

        assertThat(seen).containsExactly(parcel);
    }

    @Test
    void whoWaitsForAParcelGetsNoneWhenTheTimeIsUpOrTheQueueIsClosed() {
        time.execute(() -> seen.add(String.valueOf(queue.head(Duration.ofSeconds(5)))));
        time.pass(Duration.ofSeconds(5));
        assertThat(seen).containsExactly("null");

        time.execute(() -> seen.add(String.valueOf(queue.head(Duration.ofSeconds(5)))));
        time.settle();
        queue.close();
        time.settle();
        assertThat(seen).containsExactly("null", "null");
        queue.add(events(1, 0));
        assertThat(queue.head(MOMENT)).as("what is here stays").isNull();
        assertThat(queue.isOpen()).isFalse();
        queue.open();
        assertThat(queue.head(MOMENT)).isNotNull();
        assertThat(queue.isOpen()).isTrue();
    }

    @Test
    void aReaderWaitsUntilThereIsRoom() {
        fill();
        queue.capacity().exchangeBegins();
        queue.capacity().exchangeEnds();
        awaitRoom();
        time.pass(MAX_STALL.multipliedBy(2));
        assertThat(seen)
                .as("no exchange is under way, so the route has not stalled")
                .isEmpty();

        queue.remove(queue.head(MOMENT));
        time.pass(MOMENT);

        assertThat(seen).containsExactly(true);
    }

    @Test
    void aRouteThatTakesTooLongForOneExchangeHasStalled() {
        queue.capacity().exchangeBegins();
        time.pass(MAX_STALL);
        fill();
        awaitRoom();
        time.pass(MAX_STALL.minus(MOMENT));
        assertThat(seen).as("so long as there was room, it could take its time").isEmpty();

        time.pass(Duration.ofMillis(200));
        assertThat(seen).containsExactly(false);

        queue.capacity().exchangeEnds();
        awaitRoom();
        time.pass(MAX_STALL);
        queue.capacity().exchangeBegins();
        time.pass(MAX_STALL.minus(MOMENT));
        assertThat(seen).as("this exchange has not taken long").hasSize(1);
    }

    /** A route that sleeps with the process could not take anything. */
    @ParameterizedTest
    @ValueSource(strings = {"PT1M", "PT2H"})
    void theTimeOfASleepIsNoStall(Duration sleep) {
        fill();
        queue.capacity().exchangeBegins();
        awaitRoom();
        time.pass(MAX_STALL.dividedBy(2));
        time.sleep(sleep);
        time.pass(MAX_STALL.dividedBy(2).minusSeconds(1));
        assertThat(seen).isEmpty();

        time.pass(Duration.ofSeconds(1));
        assertThat(seen).containsExactly(false);
    }

    @Test
    void theEndOfAPauseEndsTheWaitForRoom() {
        fill();
        awaitRoom();
        time.settle();
        assertThat(seen).isEmpty();
        pause.end();
        time.pass(Duration.ofMillis(200));

        assertThat(seen).containsExactly(true);
    }

    @Test
    void whatIsOnHoldWaitsInItsOrderAndTheOthersPass() {
        DeliveryLedger other = new DeliveryLedger("other", GapRecovery.none(), FIRST);
        List<Parcel> held = List.of(events(1, 0), new Parcel.Task(ledger, () -> {}), events(1, 0));
        Parcel first = new Parcel.Task(ledger, () -> {});
        Parcel passing = new Parcel.Task(other, () -> {});
        queue.add(held.get(0));
        queue.add(passing);
        queue.add(held.get(1));
        queue.hold(ledger);
        queue.add(held.get(2));
        queue.addFirst(first);

        assertThat(queue.head(MOMENT)).isSameAs(passing);
        queue.release(ledger);
        queue.remove(passing);
        assertThat(queue.head(MOMENT)).isSameAs(first);
        queue.remove(first);
        for (Parcel parcel : held) {
            assertThat(queue.head(MOMENT)).isSameAs(parcel);
            queue.remove(parcel);
        }
        assertThat(queue.size()).isZero();
    }

    @Test
    void aStreamOnHoldTakesHalfOfTheRoomAtMost() {
        DeliveryQueue wide = new DeliveryQueue(10, MOST_BYTES, MAX_STALL, time.clock());
        wide.add(events(3, 0));
        wide.hold(ledger);
        wide.add(events(1, 0));
        assertThat(wide.capacity().of(ledger).isFull()).isFalse();
        wide.add(events(1, 0));

        assertThat(wide.capacity().of(ledger).isFull()).isTrue();
        assertThat(wide.capacity()
                        .of(new DeliveryLedger("other", GapRecovery.none(), FIRST))
                        .isFull())
                .isFalse();
        wide.release(ledger);
        assertThat(wide.capacity().of(ledger).isFull()).isFalse();
    }

    @Test
    void anErrandIsDoneBeforeWhatWaitsAndWhatItThrowsIsForWhoWaits() {
        queue.add(events(1, 0));
        Parcel.Errand errand = new Parcel.Errand(ledger, () -> {
            throw new IllegalStateException("broken");
        });
        time.execute(() -> {
            try {
                queue.run(errand);
            } catch (IllegalStateException e) {
                seen.add(e.getMessage());
            }
        });
        time.pass(MOMENT);

        assertThat(queue.hasErrand()).isTrue();
        assertThat(queue.head(MOMENT)).isSameAs(errand);
        assertThat(queue.hasErrand()).isFalse();
        errand.run();
        time.pass(MOMENT);
        assertThat(seen).isEmpty();
        queue.remove(errand);
        time.pass(MOMENT);
        assertThat(seen).containsExactly("broken");
    }

    @Test
    void anErrandThatNobodyHasBegunEndsWhenTheQueueIsClosed() {
        time.execute(() -> {
            try {
                queue.run(new Parcel.Errand(ledger, () -> {}));
            } catch (DeliveryQueue.ClosedException e) {
                seen.add(e.getMessage());
            }
        });
        time.pass(MOMENT);
        queue.close();
        time.pass(MOMENT);

        assertThat(seen).containsExactly("stopped");
        assertThat(queue.hasErrand()).isFalse();
    }

    private void awaitRoom() {
        time.execute(() -> seen.add(queue.capacity().await(pause)));
    }

    private void fill() {
        queue.add(events(MOST_EVENTS, 0));
    }

    private Parcel.Events events(int count, int length) {
        return new Parcel.Events(
                ledger,
                Collections.nCopies(
                        count,
                        GitpodEvent.ofStream("OP", "TYPE", "id", Instant.EPOCH, JsonText.of(" ".repeat(length)))),
                null);
    }
}
