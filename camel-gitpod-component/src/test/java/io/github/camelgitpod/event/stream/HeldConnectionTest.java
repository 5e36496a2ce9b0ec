package io.github.camelgitpod.event.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.client.http.PartialServer;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.model.StreamLine;
import io.github.camelgitpod.testing.SteadyClocks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldConnectionTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;
    private final StreamClock clock = new StreamClock(
            SteadyClocks.of(() -> now),
            () -> Duration.between(START, now).toNanos(),
            (pause, wait) -> true,
            ReentrantLock::new);
    private final SettableConnection connection = new SettableConnection(START);
    private final HeldConnection held = new HeldConnection(connection, clock, null);
    private final StreamSession session = new StreamSession(new PartialServer() {});
    private final List<Integer> batches = new ArrayList<>();
    private final List<StreamGap> skipped = new ArrayList<>();
    private boolean full;
    private Runnable whileWaitingForRoom = () -> {};
    private Runnable whileHandedOver = () -> {};

    @Test
    void itIsBlockedWhileItWaitsForRoom() {
        List<Boolean> seen = new ArrayList<>();
        whileWaitingForRoom = () -> seen.add(held.isBlocked());
        connection.whileReading = () -> seen.add(held.isBlocked());

        read();

        assertThat(seen).containsExactly(true, false);
    }

    @Test
    void whatComesTogetherIsHandedOverTogetherButNotWithoutEnd() {
        for (int i = 0; i < 300; i++) {
            connection.lines.add(GitpodEvent.ofStream("OP", "TYPE", "a", START, JsonText.of("{}")));
        }

        Ending ending = read();

        assertThat(batches).containsExactly(256, 44);
        assertThat(ending).isEqualTo(Ending.clean());
    }

    @Test
    void withoutTheRouteInTheWayItIsReadUpToItsLastByte() {
        connection.lastByteAt = START.plusSeconds(5);

        read();

        assertThat(held.isBehind()).isFalse();
        assertThat(held.readUpTo()).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void aLineThatHasNotEndedIsNotRead() {
        connection.lastByteAt = START.plusSeconds(5);
        connection.readUpTo = START.plusSeconds(2);

        assertThat(held.readUpTo()).isEqualTo(START.plusSeconds(2));
    }

    /** A byte that comes then proves nothing about the peer. */
    @Test
    void afterASleepItIsBehindUntilItHasReadOn() {
        held.look();
        now = START.plusSeconds(20);
        connection.lastByteAt = now;
        assertThat(held.isBehind()).isTrue();

        for (int second = 20; second < 25; second++) {
            now = START.plusSeconds(second);
            held.look();
            assertThat(held.isBehind()).isTrue();
            assertThat(held.readUpTo()).isEqualTo(START);
        }
        now = START.plusSeconds(25);
        held.look();
        assertThat(held.isBehind()).isFalse();
        assertThat(held.readUpTo()).isEqualTo(START);
        now = START.plusSeconds(26);
        connection.lastByteAt = now;
        assertThat(held.readUpTo()).isEqualTo(now);
    }

    /** A line that waited for the route is read late: it proves nothing about the peer, nor does the silence after it. */
    @ParameterizedTest(name = "silent for {0} ms: behind {1}")
    @CsvSource({"0, true", "1999, true", "2000, false"})
    void withTheRouteInTheWayItIsReadUpToWhereThatBeganUntilAByteComesThatWasAwaited(int millis, boolean behind) {
        full = true;
        whileWaitingForRoom = () -> connection.lastByteAt = START.plusSeconds(1);
        List<Boolean> behindMeanwhile = new ArrayList<>();
        List<Instant> upTo = new ArrayList<>();
        connection.whileReading = () -> {
            pass(1000 + millis);
            connection.silence = Duration.ofMillis(millis);
            behindMeanwhile.add(held.isBehind());
            upTo.add(held.readUpTo());
            connection.lastByteAt = now.plusMillis(1);
            connection.silence = Duration.ZERO;
            now = now.plusMillis(2);
            upTo.add(held.readUpTo());
        };
        read();

        assertThat(behindMeanwhile).containsExactly(behind);
        assertThat(upTo).containsExactly(START, behind ? START : connection.lastByteAt);
    }

    /** The reader does not wait for a byte while it waits for the route. */
    @Test
    void theSilenceOfABlockedReaderProvesNothing() {
        full = true;
        List<Boolean> behind = new ArrayList<>();
        whileWaitingForRoom = () -> {
            now = START.plusSeconds(1);
            connection.silence = Duration.ofSeconds(1);
            behind.add(held.isBehind());
        };
        connection.whileReading = () -> {
            behind.add(held.isBehind());
            connection.lastByteAt = now;
            connection.silence = Duration.ZERO;
        };
        read();
        assertThat(behind).containsExactly(true, true);
        assertThat(held.readUpTo()).isEqualTo(START);
    }

    @Test
    void aConnectionThatFailsAfterALateLineIsReadUpToWhereTheRouteBeganToBeInTheWay() {
        full = true;
        connection.whileReading = () -> {
            connection.lastByteAt = START.plusSeconds(1);
            now = START.plusMillis(1900);
            throw new IllegalStateException("no sign of life");
        };

        assertThat(read().reason()).isNotNull();
        assertThat(held.readUpTo()).isEqualTo(START);
    }

    /** As where the server needs long to answer: nobody knows whether the process ran meanwhile. */
    @Test
    void aSleepWhileItIsOpenedIsNoticedToo() {
        now = START.plusSeconds(50);
        HeldConnection late = new HeldConnection(connection, clock, null);
        connection.lastByteAt = now;

        assertThat(late.isBehind()).isTrue();
        assertThat(late.readUpTo()).isEqualTo(START);
    }

    @ParameterizedTest(name = "after {0} ms: behind {1}")
    @CsvSource({"1999, true", "2000, false"})
    void whoWaitedLongForALineHasReadAllBefore(int millis, boolean behind) {
        full = true;
        connection.whileReading = () -> pass(millis);

        read();

        assertThat(held.isBehind()).isEqualTo(behind);
    }

    @Test
    void whoMayReadOnForFiveSecondsHasReadAllBeforeThoughThereIsAlwaysSomething() {
        full = true;
        whileWaitingForRoom = () -> full = connection.lines.size() == 20;
        List<Instant> upTo = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            connection.lines.add(GitpodEvent.ofStream("OP", "TYPE", "a", START, JsonText.of("{}")));
        }
        connection.oneByOne = true;
        connection.whileReading = () -> {
            pass(400);
            connection.lastByteAt = now;
            upTo.add(held.readUpTo());
        };
        read();

        assertThat(upTo.subList(0, 12)).containsOnly(START);
        assertThat(upTo.get(14)).isEqualTo(START.plusMillis(400 * 15));
    }

    /** A position that is saved at that moment must not be after lines of which the queue does not know yet. */
    @Test
    void whatIsBeingHandedOverIsNotRead() {
        connection.readUpTo = START;
        connection.lines.add(GitpodEvent.ofStream("OP", "TYPE", "a", START, JsonText.of("{}")));
        connection.whileReading = () -> connection.lastByteAt = now.plusMillis(300);
        connection.whilePolling = () -> connection.readUpTo = connection.lastByteAt;
        List<Instant> upTo = new ArrayList<>();
        whileHandedOver = () -> upTo.add(held.readUpTo());
        read();

        assertThat(upTo).containsExactly(START);
        assertThat(held.readUpTo()).isEqualTo(connection.lastByteAt);
    }

    @Test
    void theGapOfALineThatWaitedBeginsWhereTheRouteBeganToBeInTheWay() {
        full = true;
        connection.lines.add(new StreamLine.Skipped("not a JSON object", 17));
        connection.whileReading = () -> {
            pass(1500);
            connection.lastByteAt = now;
        };
        read();

        assertThat(skipped).singleElement().satisfies(gap -> {
            assertThat(gap.from()).isEqualTo(START);
            assertThat(gap.to()).isEqualTo(START.plusMillis(1500));
        });
    }

    @Test
    void aRouteThatTakesNothingStallsIt() {
        Capacity none = new Capacity() {
            @Override
            public boolean await(Pause pause) {
                return false;
            }

            @Override
            public boolean isFull() {
                return true;
            }
        };

        assertThat(held.read(session, none, null)).isEqualTo(Ending.stalled());
        session.pause.end();
        assertThat(held.read(session, none, null)).as("stopped").isNull();
    }

    private void pass(int millis) {
        Instant end = now.plusMillis(millis);
        while (now.isBefore(end)) {
            Instant next = now.plusSeconds(1);
            now = next.isBefore(end) ? next : end;
            held.look();
        }
    }

    private Ending read() {
        StreamInbox inbox = new StreamInbox() {
            @Override
            public void opened(StreamGap gap) {
                throw new IllegalStateException();
            }

            @Override
            public void received(List<GitpodEvent> events, Instant before) {
                batches.add(events.size());
                whileHandedOver.run();
            }

            @Override
            public void skipped(StreamGap gap) {
                skipped.add(gap);
            }
        };
        Capacity capacity = new Capacity() {
            @Override
            public boolean await(Pause pause) {
                whileWaitingForRoom.run();
                return true;
            }

            @Override
            public boolean isFull() {
                return full;
            }
        };
        return held.read(
                session, capacity, new IncomingLines(inbox, new StreamMeter(clock), new StreamRecorder(), 1000));
    }
}
