package io.github.camelgitpod.event.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.client.http.PartialServer;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.model.StreamLine;
import io.github.camelgitpod.testing.SteadyClocks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconnectTest implements StreamListener, Capacity {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Ending REFUSED =
            Ending.ofAttempt(new ApiException(401, "unauthenticated", "no", Duration.ofMillis(2500)));

    private Instant now = START;
    private Runnable whileWaiting = () -> {};
    private Supplier<Duration> allowedIn = () -> Duration.ZERO;
    private final List<Boolean> room = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private final StreamClock clock = new StreamClock(
            SteadyClocks.of(() -> now),
            () -> Duration.between(START, now).toNanos(),
            this::waitFor,
            ReentrantLock::new);
    private final OpenGap gaps = new OpenGap();
    private final Reconnect reconnect = new Reconnect(
            new EventQuery(null, List.of()),
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), () -> 1),
            this,
            this,
            new StreamMeter(clock),
            gaps,
            clock);
    private final StreamSession session = new StreamSession(new PartialServer() {
        @Override
        public Duration streamsAllowedIn(EventQuery query) {
            return allowedIn.get();
        }
    });

    @Test
    void aRefusedTokenIsLookedAtEachSecondButNotForLongerThanTheWait() {
        allowedIn = () -> Duration.ofMinutes(5);

        assertThat(reconnect.goesOnAfter(REFUSED, session)).isTrue();

        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(500));
    }

    @Test
    void aTokenThatCannotBeReadIsNoNewOne() {
        allowedIn = () -> {
            throw new IllegalStateException("no token");
        };

        assertThat(reconnect.goesOnAfter(REFUSED, session)).isTrue();

        assertThat(waits).hasSize(3);
    }

    @Test
    void aStopEndsEachWait() {
        whileWaiting = session.pause::end;
        allowedIn = () -> Duration.ofMinutes(5);

        assertThat(reconnect.goesOnAfter(REFUSED, session)).isFalse();
        assertThat(waits).hasSize(1);
        assertThat(reconnect.goesOnAfter(Ending.clean(), session)).isFalse();
    }

    @Test
    void aStopThatTheWaitDidNotSeeCountsToo() {
        allowedIn = () -> {
            session.pause.end();
            return Duration.ZERO;
        };

        assertThat(reconnect.goesOnAfter(REFUSED, session)).isFalse();
    }

    @Test
    void onlyAfterAStallTheRouteIsWaitedFor() {
        room.addAll(List.of(false, false, true));

        assertThat(reconnect.goesOnAfter(Ending.clean(), session)).isTrue();
        assertThat(room).hasSize(3);
        assertThat(reconnect.goesOnAfter(Ending.stalled(), session)).isTrue();
        assertThat(room).isEmpty();
    }

    /** What it begins with the next one, after waits of 1 and 2 seconds. */
    @ParameterizedTest
    @ValueSource(longs = {59, 60})
    void aConnectionOfAMinuteOrANewRunBeginsAgain(long seconds) {
        reconnect.goesOnAfter(Ending.clean(), session);
        reconnect.lived(Duration.ofSeconds(seconds));
        reconnect.goesOnAfter(Ending.clean(), session);
        assertThat(waits.get(1)).isEqualTo(Duration.ofSeconds(seconds == 60 ? 1 : 2));

        reconnect.begin();
        reconnect.goesOnAfter(Ending.ofAttempt(new IOException("refused")), session);
        assertThat(waits.get(2)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aGapIsToldUntilWhenNothingWasMissedOnceItIsKnown() {
        assertThat(gaps.lostAt()).isNull();
        gaps.wantedSince(START);
        reconnect.goesOnAfter(REFUSED, session);

        assertThat(gaps.lostAt()).isEqualTo(START);
        assertThat(gaps.connected(now)).isEqualTo(new StreamGap(START, now, "http-401", 0));
        assertThat(gaps.lostAt()).isNull();
    }

    private boolean waitFor(Pause pause, Duration time) {
        waits.add(time);
        now = now.plus(time);
        whileWaiting.run();
        return !pause.isEnded();
    }

    @Override
    public boolean await(Pause pause) {
        return room.remove(0);
    }

    @Override
    public boolean isFull() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void connected(StreamGap gap) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void renewed(String why, StreamGap gap) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void skipped(StreamLine.Skipped line) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void disconnected(String reason, Exception cause, Duration wait) {}

    @Override
    public void gaveUp(Throwable cause) {
        throw new UnsupportedOperationException();
    }
}
