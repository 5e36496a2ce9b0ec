package io.github.camelgitpod.event.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.ClientClosedException;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.client.SteadyClock;
import io.github.camelgitpod.event.stream.StreamStatus.State;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.model.StreamLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class EventStreamTest {
    private static final int BOUND = 1000;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final EventQuery ORGANIZATION = new EventQuery(null, List.of());
    private static final IOException RESET = new IOException("Connection reset");

    private final List<String> told = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private final ScriptedClient script = new ScriptedClient(() -> this.stream.stop("restart"));
    private RuntimeException thrownByListener;
    private BooleanSupplier room = () -> true;
    private final Recorder recorder = new Recorder();
    private EventStream stream = stream(this::wait);

    @Test
    void eachEventIsToldOnceAndInOrder() {
        script.connect()
                .event("a")
                .event("b")
                .cleanEnd()
                .connect()
                .event("c")
                .end(RESET)
                .connect()
                .event("d");

        run();

        assertThat(events()).containsExactly("a", "b", "c after clean-end", "d after reset");
    }

    @Test
    void theFirstConnectionIsNoGap() {
        script.connect().event("a");

        run();

        assertThat(events()).containsExactly("a");
        assertThat(stream.status().gaps()).isZero();
    }

    @Test
    void whatHappensBeforeTheFirstConnectionWasMissedIfTheFirstAttemptFails() {
        script.refuse(RESET)
                .refuse(new ApiException(503, "unavailable", "later", null))
                .connect()
                .event("a");

        run();

        // Waits: 1 and 2 seconds.
        assertThat(told).contains("a " + new StreamGap(START, START.plusSeconds(3), "reset", 3));
    }

    @Test
    void aRequestThatTheServerTookIsAConnectionBeforeItIsAnswered() {
        script.connect()
                .event("a")
                .end(RESET)
                .connectUnanswered()
                .run(() -> {
                    assertThat(stream.status().state()).isEqualTo(State.OPEN);
                    assertThat(stream.status().awaitsAnswer()).isTrue();
                })
                .pass(Duration.ofMinutes(3))
                .event("b")
                .run(() -> assertThat(stream.status().awaitsAnswer()).isFalse())
                .event("c");

        run();

        assertThat(events()).containsExactly("a", "b after reset", "c");
        assertThat(stream.status().lastGap()).isEqualTo(new StreamGap(START, START.plusSeconds(6), "reset", 1));
    }

    @Test
    void aLateErrorIsAFailedAttemptAndTheTimeSinceTheRequestWasMissed() {
        script.connectUnanswered()
                .pass(Duration.ofMinutes(3))
                .end(new ApiException(503, "unavailable", "later", null))
                .run(() -> assertThat(stream.status().attempts()).isEqualTo(1))
                .connect()
                .event("a");

        run();

        Instant opened = START.plusSeconds(5).plus(Duration.ofMinutes(3)).plusSeconds(1);
        assertThat(told).contains("a " + new StreamGap(START, opened, "http-503", 1));
    }

    @Test
    void aServerThatAnswersNothingLosesTheConnectionThatAwaitsAnAnswer() {
        script.connectUnanswered()
                .pass(Duration.ofMinutes(5))
                .run(() -> stream.check())
                .refuse(new IOException("it hangs"))
                .end(new ClientClosedException())
                .run(() -> assertThat(stream.status().lastError()).isEqualTo("it hangs"))
                .connect()
                .event("a");

        run();

        assertThat(events()).containsExactly("a after reset");
        assertThat(stream.status().lastGap().from()).isEqualTo(START);
    }

    @Test
    void aServerThatRefusesARenewalKeepsTheConnectionThatAwaitsAnAnswer() {
        script.connectUnanswered()
                .pass(Duration.ofMinutes(5))
                .run(() -> stream.check())
                .refuse(new ApiException(503, "unavailable", "later", null))
                .event("a");

        run();

        assertThat(events()).containsExactly("a");
        assertThat(script.closedConnections).isEqualTo(1);
    }

    @Test
    void anErrorOfOneAnswerIsAFailureLikeAnother() {
        script.connect()
                .event("a")
                .end(new StackOverflowError("deep"))
                .refuse(new OutOfMemoryError("large"))
                .run(() -> assertThat(stream.status().lastError()).contains("OutOfMemoryError: large"))
                .connect()
                .event("b");

        run();

        assertThat(events()).containsExactly("a", "b after reset");
    }

    @Test
    void aGapLastsFromTheLastByteToTheNewConnection() {
        script.connect()
                .pass(Duration.ofSeconds(10), () -> stream.check())
                .event("a")
                .pass(Duration.ofSeconds(7), () -> stream.check())
                .end(RESET)
                .refuse(RESET)
                .refuse(new ApiException(503, "unavailable", "later", null))
                .connect()
                .pass(Duration.ofSeconds(3), () -> stream.check())
                .event("b");

        run();

        // Waits: 1, 2 and 4 seconds.
        StreamGap gap = new StreamGap(START.plusSeconds(10), START.plusSeconds(24), "reset", 3);
        assertThat(told).contains("open " + gap, "b " + gap);
        assertThat(stream.status().gaps()).isEqualTo(1);
    }

    static Stream<Arguments> endings() {
        return Stream.of(
                Arguments.of(null, "clean-end"),
                Arguments.of(RESET, "reset"),
                Arguments.of(new IllegalStateException("bug"), "reset"),
                Arguments.of(new ApiException(0, "unavailable", "down", null), "unavailable"),
                Arguments.of(new ApiException(0, null, "down", null), "unknown"));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void aGapSaysHowTheConnectionEnded(Exception ending, String reason) {
        script.connect().end(ending).connect().event("a");

        run();

        assertThat(events()).containsExactly("a after " + reason);
        assertThat(told).anyMatch(line -> line.startsWith("lost " + reason));
    }

    @Test
    void aFailedAttemptSaysWhatTheServerAnswered() {
        script.refuse(new ApiException(503, "unavailable", "later", null));

        run();

        assertThat(told.get(0)).startsWith("lost http-503");
        assertThat(stream.status().lastStatus()).isEqualTo(503);
        assertThat(stream.status().lastError()).isEqualTo("later");
    }

    @Test
    void waitsGrowWithEachEndingAlsoACleanOne() {
        for (int i = 0; i < 9; i++) {
            script.connect().event("e" + i).cleanEnd();
        }

        run();

        assertThat(waits).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void onlyAConnectionOfAMinuteResetsTheWaits() {
        script.connect().end(RESET).connect().end(RESET);
        script.connect().pass(Duration.ofSeconds(59)).end(RESET);
        script.connect().pass(Duration.ofSeconds(60)).end(RESET).refuse(RESET);

        run();

        assertThat(waits).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 1L, 2L);
    }

    /** T19: an hour of a server that accepts each connection and closes it at once, or refuses it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("T19")
    void aServerThatEndsEachConnectionAtOnceIsAskedAtMost150TimesInAnyHour(boolean accepts) {
        Random random = new Random(17);
        List<Instant> attempts = new ArrayList<>();
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), random::nextDouble);
        StreamSettings settings = new StreamSettings(Duration.ofMinutes(5), null, BOUND, backoff, random::nextDouble);
        stream =
                new EventStream(ORGANIZATION, settings, recorder, recorder, recorder, clock(this::wait), Runnable::run);
        for (int i = 0; i < 1000; i++) {
            script.run(() -> attempts.add(script.now));
            if (accepts) {
                script.connect().cleanEnd();
            } else {
                script.refuse(RESET);
            }
        }

        run();

        assertThat(script.attempts).isEqualTo(1000);
        int most = 0;
        for (int first = 0, last = 0; last < attempts.size(); last++) {
            while (attempts.get(last).isAfter(attempts.get(first).plus(Duration.ofHours(1)))) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        System.out.printf("1,000 immediate ends, %s: at most %d connects in an hour%n", accepts, most);
        assertThat(most).isLessThanOrEqualTo(150);
        assertThat(stream.status().gaps()).isEqualTo(accepts ? 999 : 0);
    }

    @Test
    @Tag("T13")
    void aReplacedTokenIsTriedWithinASecondWhateverTheServerSaid() {
        script.allowedIn = Duration.ofMinutes(5);
        script.refuse(new ApiException(401, "unauthenticated", "no", Duration.ofMinutes(5)))
                .run(() -> {})
                .connect()
                .event("a");
        stream = stream((pause, time) -> {
            if (waits.size() == 2) {
                script.allowedIn = Duration.ZERO;
            }
            return wait(pause, time);
        });

        run();

        assertThat(events()).containsExactly("a after http-401");
        assertThat(waits).containsExactly(Reconnect.TOKEN_POLL, Reconnect.TOKEN_POLL, Reconnect.TOKEN_POLL);
    }

    @Test
    void aRefusalInsideTheStreamIsWaitedForLikeAnyOther() {
        for (int i = 0; i < 3; i++) {
            script.connect().end(new ApiException(0, "permission_denied", "no", null));
        }

        run();

        assertThat(waits).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L);
    }

    @Test
    void aRouteThatTakesNothingLosesTheConnectionUntilItDoes() {
        List<Boolean> answers = new ArrayList<>(List.of(true, true, false, false, false, true, true, true));
        room = () -> answers.remove(0);
        script.connect().event("a").event("b").connect().event("c");

        run();

        assertThat(events()).containsExactly("a", "b", "c after stall");
        assertThat(script.closedConnections).isEqualTo(2);
        assertThat(told).contains("lost stall null");
    }

    @Test
    void anEarlierProcessLeavesAGapToTheFirstConnection() {
        stream.missedSince(START.minusSeconds(100), "restart");
        script.refuse(RESET).connect().event("a");

        run();

        assertThat(told).contains("a " + new StreamGap(START.minusSeconds(100), START.plusSeconds(1), "restart", 2));
    }

    @Test
    void aStreamThatIsWantedSinceAMomentHasAGapOnlyIfTheFirstAttemptFails() {
        stream.wantedSince(START.minusSeconds(1));
        script.connect().event("a");
        run();
        assertThat(events()).containsExactly("a");

        told.clear();
        script.attempts = 0;
        stream = stream(this::wait);
        stream.wantedSince(START.minusSeconds(1));
        script.refuse(new ApiException(503, null, "later", null)).connect().event("b");
        run();
        assertThat(events()).containsExactly("b after http-503");
    }

    @Test
    void waitsAreDrawnAtRandom() {
        EventStream jittered = new EventStream(
                ORGANIZATION, settings(0.25), recorder, recorder, recorder, clock(this::wait), Runnable::run);
        this.stream = jittered;
        script.refuse(RESET).refuse(RESET);

        run();

        assertThat(waits).extracting(Duration::toMillis).containsExactly(250L, 500L);
    }

    @Test
    void theServersRetryAfterIsWaitedForAtLeast() {
        script.refuse(new ApiException(429, null, "slow down", Duration.ofSeconds(90)))
                .refuse(new ApiException(429, null, "slow down", Duration.ofMillis(1)));

        run();

        assertThat(waits).containsExactly(Duration.ofSeconds(90), Duration.ofSeconds(2));
    }

    static Stream<Exception> permanent() {
        return Stream.of(
                new ApiException(400, null, "no", null),
                new ApiException(400, "invalid_argument", "no", null),
                new ApiException(404, "not_found", "no", null),
                new ApiException(501, "unimplemented", "no", null),
                new ApiException(0, "not_found", "no", null));
    }

    @ParameterizedTest
    @MethodSource("permanent")
    void whatWillNotPassEndsTheStream(Exception failure) {
        script.refuse(failure).connect();

        run();

        assertThat(script.attempts).isEqualTo(1);
        assertThat(told).containsExactly("gave up no");
        assertThat(stream.status().state()).isEqualTo(State.FAILED);
        assertThat(stream.status().lastError()).isEqualTo("no");
    }

    @Test
    void whatWillNotPassInsideAStreamEndsItToo() {
        script.connect()
                .end(new ApiException(0, "invalid_argument", "no", null))
                .connect();

        run();

        assertThat(script.attempts).isEqualTo(1);
        assertThat(told).containsExactly("open null", "gave up no");
    }

    @Test
    void everythingElseIsTriedForEver() {
        for (int status : List.of(401, 403, 404, 408, 409, 412, 418, 429, 500, 502, 503, 504, 302)) {
            script.refuse(new ApiException(status, null, "no", null));
        }
        script.refuse(new ApiException(403, "not_found", "no", null)).refuse(new IllegalStateException("no token"));

        run();

        assertThat(script.attempts).isEqualTo(15);
        assertThat(told).hasSize(15).noneMatch(line -> line.startsWith("gave up"));
    }

    @Test
    void aFailedStreamCanBeStartedAgain() {
        script.refuse(new ApiException(404, "not_found", "no", null)).connect().event("a");

        run();
        run();

        assertThat(events()).containsExactly("a after http-404");
    }

    @Test
    void aSkippedLineIsAGapOfAMoment() {
        script.connect()
                .event("a")
                .pass(Duration.ofSeconds(1))
                .skip("not a JSON object", 12)
                .event("b")
                .skip("longer", BOUND + 1)
                .event("c")
                .event("d");

        run();

        Instant at = START.plusSeconds(1);
        assertThat(told).contains("skipped 12", "b " + new StreamGap(at, at, "parse", 0));
        assertThat(events()).containsExactly("a", "b after parse", "c after overflow", "d");
        assertThat(stream.status().gaps()).isEqualTo(2);
        assertThat(stream.status().skippedLines()).isEqualTo(2);
        assertThat(script.attempts).isEqualTo(1);
    }

    @Test
    void gapsWithoutAnEventBetweenThemAreTakenTogether() {
        script.connect()
                .event("a")
                .pass(Duration.ofSeconds(5), () -> stream.check())
                .skip("not a JSON object", 12)
                .end(RESET)
                .connect()
                .pass(Duration.ofSeconds(1), () -> stream.check())
                .cleanEnd()
                .connect()
                .event("b");

        run();

        // Waits: 1 and 2 seconds.
        assertThat(told).contains("b " + new StreamGap(START.plusSeconds(5), START.plusSeconds(9), "parse", 2));
        assertThat(stream.status().gaps()).isEqualTo(3);
    }

    @Test
    void aLineThatAnEndCutOffIsThatEndsGap() {
        script.connect()
                .event("a")
                .skip("cut off by the end of the stream", 7)
                .end(RESET)
                .connect()
                .event("b");

        run();

        assertThat(events()).containsExactly("a", "b after reset");
        assertThat(stream.status().skippedLines()).isEqualTo(1);
        assertThat(stream.status().gaps()).isEqualTo(1);
    }

    @Test
    void suspendingIsAGap() {
        script.connect()
                .event("a")
                .pass(Duration.ofSeconds(5), () -> stream.check())
                .run(() -> stream.stop("suspended"))
                .event("came with the stop");
        run();
        script.pass(Duration.ofSeconds(10)).connect().event("b");

        run();

        StreamGap gap = new StreamGap(START.plusSeconds(5), START.plusSeconds(15), "suspended", 1);
        assertThat(told).contains("b " + gap);
        assertThat(events()).containsExactly("a", "came with the stop", "b after suspended");
    }

    @Test
    void aSuspensionDuringAnOutageIsPartOfIt() {
        script.connect()
                .event("a")
                .end(RESET)
                .run(() -> stream.stop("suspended"))
                .refuse(RESET);
        run();
        script.connect().event("b");

        run();

        assertThat(events()).containsExactly("a", "b after reset");
    }

    @Test
    void aSuspensionBeforeTheFirstConnectionIsPartOfTheGapBeforeIt() {
        script.refuse(RESET).run(() -> stream.stop("suspended")).refuse(RESET);
        run();
        script.connect().event("a");

        run();

        assertThat(events()).containsExactly("a after reset");
    }

    @Test
    void aStopDuringTheFirstAttemptIsAGapSinceTheStart() {
        script.pass(Duration.ofSeconds(3)).run(() -> stream.stop("suspended")).connect();
        run();
        assertThat(stream.receivedUpTo()).isEqualTo(START);
        script.pass(Duration.ofSeconds(10)).connect().event("a");

        run();

        assertThat(told).contains("a " + new StreamGap(START, START.plusSeconds(13), "suspended", 2));
    }

    @Test
    void aStopBeforeTheRunEndsIt() {
        script.connect().event("a");
        Runnable run = stream.open(script);
        stream.stop("suspended");

        run.run();

        assertThat(script.attempts).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void aClockThatIsSetBackLeavesAGapItsLength() {
        script.connect()
                .pass(Duration.ofSeconds(2), () -> stream.check())
                .event("a")
                .pass(Duration.ofSeconds(5), () -> stream.check())
                .run(() -> script.setBack = Duration.ofHours(1))
                .end(RESET)
                .connect()
                .event("b");

        run();

        Instant lost = START.plusSeconds(2).minus(Duration.ofHours(1));
        assertThat(told).contains("open " + new StreamGap(lost, lost.plusSeconds(6), "reset", 1));
        assertThat(stream.status().lastGap()).isEqualTo(new StreamGap(lost, lost.plusSeconds(6), "reset", 1));
        assertThat(stream.status().lastByteAt()).isEqualTo(lost.plusSeconds(6));
    }

    @Test
    void theStatusSaysWhatTheStreamDoes() {
        List<StreamStatus> seen = new ArrayList<>();
        Runnable look = () -> seen.add(stream.status());
        seen.add(stream.status());
        script.run(look)
                .refuse(RESET)
                .run(look)
                .connect()
                .pass(Duration.ofSeconds(2))
                .event("a")
                .run(look)
                .skip("not a JSON object", 3)
                .end(new ApiException(0, "unavailable", "down", null))
                .run(look);

        run();

        assertThat(seen)
                .extracting(StreamStatus::state)
                .containsExactly(
                        State.CONNECTING, State.CONNECTING, State.RECONNECTING, State.OPEN, State.RECONNECTING);
        StreamStatus refused = seen.get(2);
        assertThat(refused.attempts()).isEqualTo(1);
        assertThat(refused.lastReason()).isEqualTo("reset");
        assertThat(refused.lastError()).isEqualTo("Connection reset");
        assertThat(refused.nextAttemptAt()).isEqualTo(START.plusSeconds(1));
        assertThat(refused.lastByteAt()).isNull();
        StreamStatus open = seen.get(3);
        assertThat(open.since()).isEqualTo(START.plusSeconds(1));
        assertThat(open.attempts()).isZero();
        assertThat(open.nextAttemptAt()).isNull();
        assertThat(open.connects()).isEqualTo(1);
        assertThat(open.events()).isEqualTo(1);
        assertThat(open.lastByteAt()).isEqualTo(START.plusSeconds(3));
        StreamStatus lost = seen.get(4);
        assertThat(lost.lastReason()).isEqualTo("unavailable");
        assertThat(lost.lastByteAt()).isEqualTo(START.plusSeconds(3));
        assertThat(lost.skippedLines()).isEqualTo(1);
        assertThat(stream.status().state()).isEqualTo(State.CONNECTING);
    }

    @Test
    void everyConnectionIsClosed() {
        script.connect().end(RESET).connect().cleanEnd().connect().event("a");

        run();

        assertThat(script.closedConnections).isEqualTo(3);
    }

    @Test
    void aListenerThatThrowsFailsTheStreamInsteadOfSilencingIt() {
        thrownByListener = new IllegalStateException("bug");
        script.connect().event("a").event("b");

        run();

        assertThat(told).contains("gave up bug");
        assertThat(stream.status().state()).isEqualTo(State.FAILED);
        assertThat(script.closedConnections).isEqualTo(1);
    }

    @Test
    void aStopOrAnInterruptEndsAWait() throws Exception {
        for (boolean interrupt : List.of(true, false)) {
            stream = stream((pause, time) -> pause.await(Duration.ofHours(1)));
            script.refuse(RESET);
            Thread thread = new Thread(stream.open(script));
            thread.start();
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);

            if (interrupt) {
                thread.interrupt();
            } else {
                stream.stop("suspended");
            }

            thread.join();
        }
    }

    private void run() {
        stream.open(script).run();
        assertThat(script.isAtEnd() || stream.status().state() == State.FAILED)
                .as("the script was played to its end")
                .isTrue();
    }

    private EventStream stream(BiPredicate<Pause, Duration> waiting) {
        return new EventStream(ORGANIZATION, settings(1), recorder, recorder, recorder, clock(waiting), Runnable::run);
    }

    private static StreamSettings settings(double random) {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), () -> random);
        return new StreamSettings(Duration.ofMinutes(5), null, BOUND, backoff, () -> random);
    }

    private StreamClock clock(BiPredicate<Pause, Duration> waiting) {
        LongSupplier nanos = () -> Duration.between(Instant.EPOCH, script.now).toNanos();
        return new StreamClock(
                new SteadyClock(() -> script.now.minus(script.setBack), nanos), nanos, waiting, ReentrantLock::new);
    }

    private boolean wait(Pause pause, Duration time) {
        waits.add(time);
        script.now = script.now.plus(time);
        return !pause.isEnded();
    }

    /** The ids of the events, with the reasons of the gaps before them. */
    private List<String> events() {
        return told.stream()
                .filter(line -> line.startsWith("event "))
                .map(line -> line.substring("event ".length()))
                .toList();
    }

    /** Tells an event with the gap before it, as the delivery does. */
    private final class Recorder implements StreamListener, StreamInbox, Capacity {
        private StreamGap untold;

        @Override
        public void opened(StreamGap gap) {
            add(gap);
        }

        @Override
        public void received(List<GitpodEvent> events, Instant before) {
            for (GitpodEvent event : events) {
                told.add("event " + event.resourceId() + (untold == null ? "" : " after " + untold.reason()));
                told.add(event.resourceId() + " " + untold);
                untold = null;
            }
        }

        @Override
        public void skipped(StreamGap gap) {
            add(gap);
        }

        private void add(StreamGap gap) {
            untold = untold == null ? gap : untold.and(gap);
        }

        @Override
        public boolean await(Pause pause) {
            return room.getAsBoolean();
        }

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public void connected(StreamGap gap) {
            if (thrownByListener != null) {
                throw thrownByListener;
            }
            told.add("open " + gap);
        }

        @Override
        public void renewed(String why, StreamGap gap) {
            told.add("renewed " + why + " " + gap);
        }

        @Override
        public void skipped(StreamLine.Skipped line) {
            told.add("skipped " + line.bytes());
        }

        @Override
        public void disconnected(String reason, Exception cause, Duration wait) {
            told.add("lost " + reason + " " + cause);
        }

        @Override
        public void gaveUp(Throwable cause) {
            told.add("gave up " + cause.getMessage());
        }
    }
}
