package io.github.camelgitpod.event.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.client.http.PartialServer;
import io.github.camelgitpod.event.stream.StreamStatus.State;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.testing.SteadyClocks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** What a stream does about its connections, one after the other; all in one thread, the new connection inside the old one. */
class StreamRenewalTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final IOException RESET = new IOException("Connection reset");
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final EventQuery QUERY = new EventQuery("env", List.of());

    private final ScriptedClient script = new ScriptedClient(() -> this.stream.stop("restart"));
    private final StreamRecorder recorder = new StreamRecorder();
    private final List<Duration> looks = new ArrayList<>();
    private final List<Runnable> renewals = new ArrayList<>();
    private Runnable whileWaiting = () -> {};
    private double random = 0.5;
    private EventStream stream = stream(Duration.ofHours(1), true);

    @Test
    void itIsLookedAtWhenTheSilenceOrTheAgeIsReachedAndNotTooOften() {
        script.connect().run(this::look);
        silentFor(IDLE.minusSeconds(3));
        script.run(this::look);
        silentFor(IDLE.minusMillis(30));
        script.run(this::look);
        silentFor(Duration.ZERO);
        script.pass(Duration.ofMinutes(59)).run(this::look);

        run();

        assertThat(looks).containsExactly(IDLE, Duration.ofSeconds(3), Duration.ofMillis(100), Duration.ofMinutes(1));
        assertThat(script.attempts).isEqualTo(1);
    }

    @Test
    void aStreamThatIsNotOpenNeedsNoLook() {
        assertThat(stream.check()).isEqualTo(Duration.ofDays(1));
        script.connect();
        run();
        assertThat(stream.check()).isEqualTo(Duration.ofDays(1));
        assertThat(stream.environmentId()).isEqualTo("env");
    }

    @Test
    void withoutAnAgeOnlySilenceRenews() {
        stream = stream(null, true);
        script.connect().pass(Duration.ofDays(2)).run(this::look);

        run();

        assertThat(looks).containsExactly(IDLE);
    }

    @Test
    void anIdleConnectionIsRenewedAndAGapBeginsAtItsLastByte() {
        script.connect();
        lookFor(IDLE);
        silentFor(IDLE);
        script.run(this::look).connect();
        lookFor(Duration.ofSeconds(2));
        script.event("a");

        run();

        StreamGap gap = new StreamGap(START, START.plus(IDLE), "idle", 1);
        assertThat(recorder.told)
                .containsExactly("connected", "next: no gap", "renewed idle after a gap", "next: " + gap, "a");
        assertThat(script.closedConnections).isEqualTo(2);
        assertThat(stream.status().renewals()).isEqualTo(1);
    }

    @Test
    void anOldConnectionThatWasAliveIsRenewedWithoutAGap() {
        script.lifeSigns = Duration.ofSeconds(60);
        script.connect();
        lookFor(Duration.ofHours(1).minusSeconds(1));
        script.run(looks::clear).pass(Duration.ofSeconds(1)).run(this::look).connect();
        lookFor(Duration.ofSeconds(65));
        script.event("a");

        run();

        assertThat(recorder.told).containsExactly("connected", "next: no gap", "renewed max-age", "a");
        assertThat(looks).as("while it is renewed").containsOnly(Duration.ofMillis(100));
    }

    @Test
    void aFullRouteIsNotTheConnectionsFault() {
        recorder.full = true;
        script.connect();
        silentFor(IDLE);
        script.run(this::look);

        run();

        assertThat(script.attempts).isEqualTo(1);
        assertThat(looks).containsExactly(Duration.ofMillis(100));
    }

    @Test
    void whileRenewingFailsTheWaitsGrow() {
        random = 1;
        script.connect();
        silentFor(IDLE);
        script.run(this::look).refuse(RESET).run(this::look);
        script.pass(Duration.ofSeconds(1)).run(this::look).connect().end(RESET).run(this::look);

        run();

        // The second one opened, and ended before it brought anything.
        assertThat(looks)
                .containsExactly(
                        Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(2));
        assertThat(script.attempts).isEqualTo(3);
        assertThat(recorder.told).containsExactly("connected", "next: no gap");
    }

    @Test
    void ifBothFailTheStreamGoesOnAfterAWaitAndTheAttemptsAreTold() {
        stream = stream(null, false);
        random = 1;
        script.connect().event("a");
        silentFor(IDLE);
        script.run(this::look).end(RESET).refuse(RESET).connect().event("b");

        stream.open(script).run();
        renewals.get(0).run();

        StreamGap gap = new StreamGap(START, START.plusSeconds(1), "reset", 2);
        assertThat(recorder.told)
                .containsExactly(
                        "connected", "next: no gap", "a", "lost reset, again in 1 s", "connected", "next: " + gap, "b");
    }

    @Test
    void ifBothFailAndItIsStoppedItEnds() {
        stream = stream(null, false);
        script.connect();
        silentFor(IDLE);
        script.run(this::look).end(RESET).run(() -> stream.stop("suspended")).refuse(RESET);

        stream.open(script).run();
        renewals.get(0).run();

        assertThat(recorder.told).containsExactly("connected", "next: no gap");
        assertThat(stream.status().state()).isEqualTo(State.CONNECTING);
        // Another run can begin.
        script.connect().event("a");
        silentFor(Duration.ZERO);
        run();
        assertThat(recorder.told).contains("a");
    }

    @Test
    void aNewConnectionThatComesAfterAStallIsClosed() {
        stream = stream(null, false);
        script.connect();
        silentFor(IDLE);
        script.run(this::look)
                .run(() -> recorder.stalled = true)
                .event("a")
                .connect()
                .connect()
                .event("b");
        whileWaiting = () -> {
            recorder.stalled = false;
            renewals.get(0).run();
        };

        run();

        assertThat(script.attempts).isEqualTo(3);
        assertThat(script.closedConnections).isEqualTo(3);
        assertThat(recorder.told).contains("lost stall, again in 0 s").last().isEqualTo("b");
    }

    @Test
    void aRenewedConnectionCountsAsOneThatLived() {
        random = 1;
        script.connect().end(RESET).connect();
        lookFor(Duration.ofSeconds(60));
        silentFor(IDLE);
        script.run(this::look).connect();
        lookFor(Duration.ofSeconds(2));
        script.end(RESET);

        run();

        assertThat(recorder.told)
                .filteredOn(line -> line.startsWith("lost"))
                .containsExactly("lost reset, again in 1 s", "lost reset, again in 1 s");
    }

    @Test
    void untilWhenNothingWasMissedIsKnownFromTheFirstConnectionOn() {
        List<Instant> seen = new ArrayList<>();
        seen.add(stream.receivedUpTo());
        script.connect()
                .pass(Duration.ofSeconds(7), () -> stream.check())
                .event("a")
                .pass(Duration.ofSeconds(1), () -> stream.check())
                .run(() -> seen.add(stream.receivedUpTo()))
                .end(RESET)
                .run(() -> seen.add(stream.receivedUpTo()));

        run();

        assertThat(seen).containsExactly(null, START.plusSeconds(7), START.plusSeconds(7));
    }

    @Test
    void aStreamWhoseEventsCannotBeDeliveredFails() {
        script.connect()
                .run(() -> stream.fail(new IllegalStateException("full")))
                .event("a")
                .event("b");

        stream.open(script).run();

        assertThat(stream.status().state()).isEqualTo(State.FAILED);
        assertThat(stream.status().lastError()).isEqualTo("full");
        assertThat(recorder.told).as("what had come with it").endsWith("a").doesNotContain("b");
        assertThat(script.closedConnections).isEqualTo(1);
    }

    @Test
    void aConnectionThatOpensAfterTheStopIsClosed() {
        script.run(() -> stream.stop("suspended")).connect();

        run();

        assertThat(script.closedConnections).isEqualTo(1);
        assertThat(recorder.told).isEmpty();
    }

    @Test
    void aNewRunBeginsWithTheFirstWaitAndIsConnecting() {
        random = 1;
        script.refuse(RESET).refuse(RESET);
        run();
        List<State> states = new ArrayList<>();
        script.run(() -> states.add(stream.status().state())).refuse(RESET);
        stream.fail(new IllegalStateException("before"));

        run();

        assertThat(recorder.told)
                .containsExactly("lost reset, again in 1 s", "lost reset, again in 2 s", "lost reset, again in 1 s");
        assertThat(states).containsExactly(State.CONNECTING);
    }

    @Test
    void aNewRunWaitsUntilTheStoppedOneIsOver() {
        VirtualTime time = new VirtualTime(count -> 0);
        StreamSettings settings = settings(null);
        stream = new EventStream(QUERY, settings, recorder, recorder, recorder, time.clock(), Runnable::run);
        boolean[] answers = {false};
        int[] attempts = {0};
        PartialServer hanging = new PartialServer() {
            @Override
            public EventConnection watchEvents(EventQuery query, int maxLineBytes) throws IOException {
                attempts[0]++;
                time.await(() -> answers[0]);
                throw RESET;
            }
        };
        time.execute(stream.open(hanging));
        time.settle();
        stream.stop("suspended");
        time.execute(stream.open(hanging));
        time.settle();
        assertThat(attempts[0]).isEqualTo(1);

        answers[0] = true;
        time.settle();
        assertThat(attempts[0]).isEqualTo(2);
        stream.stop("suspended");
        time.settle();
        assertThat(time.threads()).isZero();
    }

    private void run() {
        stream.open(script).run();
        assertThat(script.isAtEnd()).as("the script was played to its end").isTrue();
    }

    private void look() {
        looks.add(stream.check());
    }

    /** Time passes, and the process does not sleep. */
    private void lookFor(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            script.pass(Duration.ofSeconds(1)).run(this::look);
        }
    }

    private void silentFor(Duration time) {
        script.run(() -> script.silence = time);
    }

    private EventStream stream(Duration age, boolean renewsAtOnce) {
        StreamClock clock = new StreamClock(
                SteadyClocks.of(() -> script.now),
                () -> Duration.between(START, script.now).toNanos(),
                this::waitFor,
                ReentrantLock::new);
        return new EventStream(
                QUERY,
                settings(age),
                recorder,
                recorder,
                recorder,
                clock,
                renewsAtOnce ? Runnable::run : renewals::add);
    }

    private StreamSettings settings(Duration age) {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), () -> random);
        return new StreamSettings(IDLE, age, 1000, backoff, () -> random);
    }

    private boolean waitFor(Pause pause, Duration time) {
        script.now = script.now.plus(time);
        whileWaiting.run();
        return !pause.isEnded();
    }
}
