package io.github.camelgitpod.event.group;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.event.recovery.GapRecovery;
import io.github.camelgitpod.event.stream.StreamListener;
import io.github.camelgitpod.event.stream.StreamSettings;
import io.github.camelgitpod.event.stream.StreamStatus.State;
import io.github.camelgitpod.event.stream.Turn;
import io.github.camelgitpod.event.stream.VirtualTime;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.model.StreamLine;
import io.github.camelgitpod.state.KnownStateStore;
import io.github.camelgitpod.state.PositionStore;
import io.github.camelgitpod.testing.RecordedLogs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A consumer's streams on a virtual clock, against a server whose every connection takes 60 ms. */
class ConsumerStreamsTest {
    private static final String ORGANIZATION = StreamServer.ORGANIZATION;
    private static final String ONE = "01900000-0000-7000-8000-000000000000";
    private static final String TWO = "01900000-0001-7000-8000-000000000000";
    private static final String THREE = "01900000-0002-7000-8000-000000000000";
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), () -> 1);

    /** Always the first choice. */
    private static final class First extends Random {
        private static final long serialVersionUID = 1L;

        @Override
        public int nextInt(int bound) {
            return 0;
        }

        @Override
        public boolean nextBoolean() {
            return false;
        }
    }

    private final VirtualTime time = new VirtualTime(count -> 0);
    private final StreamServer server = new StreamServer(time, new First());
    private final MemoryStateRepository repository = new MemoryStateRepository();
    private final List<String> delivered = new ArrayList<>();
    private final List<StreamGap> reported = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();
    private final List<StreamGap> gaps = new ArrayList<>();
    private final List<ClosedGap> closed = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final EventSink sink = new EventSink() {
        @Override
        public boolean events(String environmentId, List<GitpodEvent> events, StreamGap gap) {
            GitpodEvent event = events.get(0);
            if (broken) {
                throw new IllegalStateException("broken");
            }
            time.await(() -> !blocked);
            delivered.add(environmentId + " " + event.resourceId() + (gap == null ? "" : " " + gap.reason()));
            reported.add(gap);
            times.add(event.receivedAt());
            return true;
        }

        @Override
        public void gap(String environmentId, StreamGap gap) {
            gaps.add(gap);
        }

        @Override
        public void gapClosed(String environmentId, ClosedGap gap) {
            closed.add(gap);
        }
    };

    private boolean blocked;
    private boolean broken;
    private boolean recovers;
    private ConsumerStreams streams = streams(true, 100);

    @Test
    void beforeTheyAreOpenedThereIsNone() {
        streams.stop("restart");
        streams.save();

        assertThat(streams.status().state()).isEqualTo(State.CONNECTING);
        assertThat(streams.decisiveStatuses()).containsOnlyKeys(ORGANIZATION);
        assertThat(streams.openCount()).isZero();
        assertThat(stored()).isEmpty();
    }

    @Test
    void eachEnvironmentHasAStream() {
        server.create();
        open();

        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION, ONE);
        assertThat(streams.decisiveStatuses()).containsOnlyKeys(ORGANIZATION);
        assertThat(streams.decisiveStatuses().get(ORGANIZATION).state()).isEqualTo(State.OPEN);
        assertThat(streams.status().state()).isEqualTo(State.OPEN);
        assertThat(streams.openCount()).isEqualTo(2);
        server.event(ONE, 0);
        server.event(ORGANIZATION, 0);
        server.changed(ONE);
        pass(1);
        assertThat(delivered).containsExactlyInAnyOrder(ONE + " r1", "null r2", "null " + ONE);
        assertThat(streams.waiting()).isZero();
        assertThat(done).contains("connected");
    }

    @Test
    void withoutThemThereIsOnlyTheOrganizations() {
        streams = streams(false, 100);
        server.create();
        open();
        server.changed(ONE);
        streams.save();
        pass(1);

        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION);
        assertThat(streams.decisiveStatuses()).isEqualTo(streams.statuses());
        assertThat(delivered).containsExactly("null " + ONE);
        assertThat(server.connections).hasSize(1);
    }

    @Test
    void anEnvironmentComesAndGoesWithItsStream() {
        open();
        server.create();
        pass(1);
        assertThat(streams.openCount()).isEqualTo(2);

        server.delete(ONE);
        time.pass(Duration.ofMillis(50));
        assertThat(streams.statuses())
                .as("something may come after the deletion")
                .containsKey(ONE);
        pass(3);

        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION);
        assertThat(gaps).isEmpty();
        assertThat(delivered).containsExactly("null " + ONE, "null " + ONE);
    }

    @Test
    void theServerMaySayThatThereIsNoSuchEnvironment() {
        server.create();
        open();
        server.environments.clear();
        server.live(ONE).forEach(connection -> connection.ends(null));
        pass(4);

        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION);
    }

    @Test
    void aListingMayShowThatAnEnvironmentIsGone() {
        server.create();
        open();
        server.environments.clear();
        server.live(ORGANIZATION).forEach(connection -> connection.ends(null));
        pass(4);

        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION);
        assertThat(server.live(ONE)).isEmpty();
    }

    @Test
    void aListingThatFailsIsRepeatedAfterWaitsThatGrow() {
        server.create();
        server.failingListings = 100;
        open();
        pass(9);
        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION);
        assertThat(server.failedListings).isEqualTo(4);

        server.failingListings = 0;
        pass(8);

        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION, ONE);
    }

    @Test
    void aNewConnectionReplacesTheListingOfTheOneBefore() {
        server.failingListings = 100;
        open();
        server.live(ORGANIZATION).forEach(connection -> connection.ends(null));
        pass(2);
        int failed = server.failedListings;
        pass(5);

        assertThat(failed).isEqualTo(3);
        assertThat(server.failedListings)
                .as("the older one ends after its next attempt")
                .isEqualTo(6);
    }

    @Test
    void onlyTheNewestHaveAStreamWhenThereAreTooMany() {
        streams = streams(true, 2);
        server.create();
        server.create();
        open();
        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION, ONE, TWO);

        server.create();
        pass(1);
        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION, TWO, THREE);
        assertThat(server.live(ONE)).isEmpty();

        server.delete(THREE);
        pass(4);
        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION, ONE, TWO);
    }

    @Test
    void aStreamThatHadToMakeRoomComesBackWithAGap() {
        streams = streams(true, 2);
        server.create();
        server.create();
        open();
        Instant displaced = time.now();
        server.create();
        pass(1);
        server.event(ONE, 0);
        pass(10);
        streams.save();
        assertThat(stored()).containsKey(ONE);

        server.delete(THREE);
        pass(4);
        server.event(ONE, 0);
        pass(1);

        assertThat(delivered).endsWith(ONE + " r6 max-streams");
        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.from()).isBetween(displaced.minusSeconds(1), displaced);
            assertThat(gap.to()).isAfter(displaced.plusSeconds(10));
        });
    }

    @Test
    void theFirstStreamOfAnEnvironmentThatHadToWaitForRoomBeginsWithAGap() {
        streams = streams(true, 2);
        server.create();
        server.create();
        server.create();
        open();
        pass(10);
        server.delete(THREE);
        pass(4);

        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION, ONE, TWO);
        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.reason()).isEqualTo("max-streams");
            assertThat(gap.from()).isBefore(VirtualTime.START.plusSeconds(1));
        });
    }

    @Test
    void aStreamThatMadeRoomDoesNotPassWhatItStillOwes() {
        streams = streams(true, 1);
        server.create();
        open();
        blocked = true;
        server.event(ONE, 0);
        Instant sent = time.now();
        pass(2);
        server.event(ONE, 0);
        server.create();
        pass(2);
        streams.save();
        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION, TWO);
        assertThat(stored().get(ONE)).isBefore(sent.plusSeconds(1));

        blocked = false;
        pass(1);
        streams.save();
        assertThat(stored().get(ONE)).isAfter(sent.plusSeconds(1));
    }

    @Test
    void sinceWhenAnEnvironmentWaitsForRoomIsKnownToTheNextProcess() {
        streams = streams(true, 1);
        server.create();
        server.create();
        open();
        pass(10);
        streams.save();
        assertThat(stored().get(ONE)).isBefore(VirtualTime.START.plusSeconds(1));
        end();

        server.delete(TWO);
        streams = streams(true, 1);
        open();
        pass(5);
        assertThat(gaps).anySatisfy(gap -> assertThat(gap.from()).isBefore(VirtualTime.START.plusSeconds(1)));
    }

    @Test
    void aStreamThatHadToMakeRoomBeforeItsFirstConnectionBeginsWithAGap() {
        streams = streams(true, 1);
        open();
        server.hangingConnections = true;
        server.create();
        Instant created = time.now();
        pass(20);
        server.create();
        pass(2);
        server.hangingConnections = false;
        server.delete(TWO);
        pass(10);

        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION, ONE);
        assertThat(gaps).singleElement().satisfies(gap -> assertThat(gap.from()).isBefore(created.plusSeconds(1)));
    }

    @Test
    void anEnvironmentThatMayNotBeWatchedMakesRoomForOneThatMay() {
        streams = streams(true, 2);
        server.create();
        server.create();
        server.create();
        server.forbidden.add(THREE);
        open();
        pass(5);
        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION, ONE, TWO);
        assertThat(streams.openCount()).isEqualTo(3);

        server.delete(ONE);
        pass(5);
        assertThat(streams.statuses()).as("there is room").containsOnlyKeys(ORGANIZATION, TWO, THREE);
    }

    @Test
    void anEnvironmentThatIsCreatedAgainAtOnceHasAStream() {
        server.create();
        open();
        server.delete(ONE);
        time.pass(Duration.ofMillis(300));
        server.createAgain(ONE);
        pass(10);

        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION, ONE);
        assertThat(server.live(ONE)).hasSize(1);
        server.event(ONE, 0);
        pass(1);
        assertThat(delivered).anyMatch(event -> event.startsWith(ONE + " r"));
    }

    @Test
    void theStreamOfAnEnvironmentThatCameInAGapBeginsWithIt() {
        open();
        Instant lost = time.now();
        server.live(ORGANIZATION).forEach(connection -> connection.breaks(false));
        server.create();
        pass(3);
        server.event(ONE, 0);
        pass(1);

        assertThat(gaps).extracting(StreamGap::reason).containsExactly("reset", "reset");
        assertThat(gaps.get(1).from()).isEqualTo(gaps.get(0).from()).isBefore(lost);
        assertThat(delivered).containsExactly(ONE + " r1 reset");
        assertThat(closed).hasSize(2);
        assertThat(streams.closedGaps()).isEqualTo(2);
    }

    @Test
    void theStreamOfANewEnvironmentBeginsWithAGapWhenItsFirstConnectionFails() {
        open();
        Instant came = time.now();
        server.failing = 100;
        server.create();
        pass(3);
        server.failing = 0;
        pass(9);

        assertThat(gaps).extracting(StreamGap::from).containsExactly(came);
    }

    @Test
    void whatTheStreamTellsOfBeforeTheListingIsNewOnlyIfItWasJustCreated() {
        server.create();
        open();
        server.failingListings = 100;
        server.live(ORGANIZATION).forEach(connection -> connection.breaks(false));
        server.create();
        pass(3);
        assertThat(streams.statuses()).doesNotContainKey(TWO);
        int before = gaps.size();
        server.create();
        server.changed(TWO);
        // The stream of an environment that came is opened once a second.
        pass(2);

        assertThat(streams.openCount()).isEqualTo(4);
        assertThat(gaps).hasSize(before + 1);
        assertThat(gaps.get(before).from()).isEqualTo(gaps.get(0).from());
    }

    @Test
    void thePositionsAreSavedFromTimeToTimeAndTheNextProcessBeginsThere() {
        server.create();
        open();
        assertThat(stored()).containsOnlyKeys(ORGANIZATION);
        pass(6);
        Map<String, Instant> stored = stored();
        assertThat(stored).containsOnlyKeys(ORGANIZATION, ONE);
        end();

        streams = streams(true, 100);
        open();

        assertThat(gaps).extracting(StreamGap::reason).containsExactly("restart", "restart");
        assertThat(gaps).extracting(StreamGap::from).containsExactly(stored.get(ORGANIZATION), stored.get(ONE));
        server.delete(ONE);
        pass(4);
        streams.save();
        assertThat(stored()).containsOnlyKeys(ORGANIZATION);
    }

    @Test
    void aProcessThatIsKilledBeforeItsFirstSaveInTurnLeavesAGap() {
        open();
        server.event(ORGANIZATION, 0);
        pass(1);
        end();

        streams = streams(true, 100);
        open();

        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.reason()).isEqualTo("restart");
            assertThat(gap.from()).isEqualTo(VirtualTime.START);
        });
    }

    @Test
    void soDoesOneThatIsKilledBeforeItCouldConnect() {
        server.failing = 100;
        streams = streams(false, 100);
        open();
        end();
        server.failing = 0;

        streams = streams(false, 100);
        open();

        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.reason()).isEqualTo("restart");
            assertThat(gap.from()).isEqualTo(VirtualTime.START);
        });
    }

    /** The next process begins its stream where the organization's stood, and the environment was there before. */
    @Test
    void anEnvironmentThatWaitsForItsStreamHoldsThePosition() {
        open();
        server.create();
        time.pass(Duration.ofMillis(100));
        Instant came = time.now();
        server.create();
        time.pass(Duration.ofMillis(500));
        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION, ONE);

        server.event(ORGANIZATION, 0);
        time.pass(Duration.ofMillis(100));
        assertThat(stored(ORGANIZATION)).isBefore(came.plusMillis(100));
        pass(2);
        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION, ONE, TWO);
        assertThat(stored(ORGANIZATION)).isAfter(came.plusMillis(400));
    }

    @Test
    void aGapThatNoEventFollowedIsReportedByTheNextProcess() {
        streams = streams(false, 100);
        open();
        server.live(ORGANIZATION).forEach(connection -> connection.breaks(false));
        pass(60);
        streams.save();
        end();
        streams = streams(false, 100);
        open();
        pass(60);
        end();
        streams.save();
        streams = streams(false, 100);
        open();
        server.event(ORGANIZATION, 0);
        pass(1);

        assertThat(gaps).extracting(StreamGap::reason).containsExactly("reset", "restart", "restart");
        assertThat(gaps.get(1).from())
                .as("what was closed is not opened again")
                .isAfterOrEqualTo(gaps.get(0).to());
        assertThat(reported).containsExactly(gaps.get(0).and(gaps.get(1)).and(gaps.get(2)));

        streams.save();
        end();
        streams = streams(false, 100);
        open();
        server.event(ORGANIZATION, 0);
        pass(1);
        assertThat(reported.get(1)).as("the others are reported").isEqualTo(gaps.get(3));
    }

    @Test
    void aClockThatIsSetBackShortensNoGap() {
        streams = streams(false, 100);
        open();
        server.event(ORGANIZATION, 0);
        pass(1);
        Instant received = stored(ORGANIZATION);
        pass(10);
        time.setBack(Duration.ofHours(1));
        pass(1);
        streams.save();
        assertThat(stored(ORGANIZATION)).as("a position is not in the future").isEqualTo(received.minusSeconds(3600));

        server.live(ORGANIZATION).forEach(connection -> connection.breaks(false));
        pass(3);
        server.event(ORGANIZATION, 0);
        pass(1);

        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.from()).isEqualTo(received.minusSeconds(3600));
            assertThat(Duration.between(gap.from(), gap.to())).isGreaterThan(Duration.ofSeconds(11));
            assertThat(gap.to()).isBefore(time.timeOfDay());
        });
        assertThat(reported).last().isEqualTo(gaps.get(0));
        assertThat(closed).singleElement().satisfies(gap -> assertThat(gap.gap())
                .isEqualTo(gaps.get(0)));
        assertThat(times).last().satisfies(at -> assertThat(at).isBefore(time.timeOfDay()));
    }

    @Test
    void aPositionInTheFutureIsToldOnceAndTakenAsNow() {
        server.create();
        open();
        server.event(ONE, 0);
        server.live(ORGANIZATION).forEach(connection -> connection.breaks(false));
        pass(3);
        streams.save();
        end();
        gaps.clear();
        time.setBack(Duration.ofHours(1));
        Instant now = time.timeOfDay();
        try (RecordedLogs logs = new RecordedLogs()) {
            time.newProcess();
            streams = streams(true, 100);
            open();

            assertThat(logs.warnings())
                    .singleElement()
                    .asString()
                    .contains("PT59M5")
                    .contains("taken as now");
        }
        server.event(ORGANIZATION, 0);
        pass(1);
        assertThat(gaps).hasSize(2).allSatisfy(gap -> assertThat(gap.from()).isEqualTo(now));
        assertThat(reported).last().satisfies(gap -> assertThat(gap.from()).isEqualTo(now));
    }

    @Test
    void whatAnEarlierProcessStoredStaysUntilTheEnvironmentsAreListed() {
        server.create();
        open();
        streams.save();
        Instant position = stored().get(ONE);
        end();
        server.environments.clear();
        server.failingListings = 100;
        streams = streams(true, 100);
        open();
        streams.save();
        assertThat(stored()).containsEntry(ONE, position);
        assertThat(stored().get(ORGANIZATION))
                .as("what came since is not listed")
                .isEqualTo(gaps.get(0).from());

        server.failingListings = 0;
        pass(20);
        streams.save();

        assertThat(stored()).containsOnlyKeys(ORGANIZATION);
        assertThat(stored().get(ORGANIZATION)).isAfterOrEqualTo(gaps.get(0).to());
    }

    @Test
    void whatWaitsForTheRouteIsInTheGapOfTheNextProcess() {
        server.create();
        open();
        blocked = true;
        Instant sent = time.now();
        server.event(ONE, 0);
        pass(1);
        server.event(ONE, 0);
        pass(1);
        streams.save();

        assertThat(streams.waiting()).isEqualTo(2);
        assertThat(stored().get(ONE)).isBetween(VirtualTime.START, sent);
    }

    @Test
    void aSuspensionIsAGap() {
        server.create();
        open();
        streams.stop("suspended");
        streams.stop("suspended");
        pass(1);
        assertThat(streams.openCount()).isZero();
        assertThat(time.threads()).isZero();
        server.create();
        open();
        server.event(ONE, 0);
        pass(1);

        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION, ONE, TWO);
        assertThat(gaps).extracting(StreamGap::reason).containsOnly("suspended").hasSize(3);
        assertThat(delivered).containsExactly(ONE + " r2 suspended");
    }

    @Test
    void aLineThatIsNoEventIsAGapOfOneMoment() {
        open();
        server.garbage(ORGANIZATION);
        pass(1);

        assertThat(gaps).extracting(StreamGap::reason).containsExactly("parse");
        assertThat(done).contains("skipped");
        assertThat(streams.closedGaps()).isEqualTo(1);
    }

    @Test
    void whatIsRecoveredIsCounted() {
        recovers = true;
        streams = streams(true, 100);
        server.create();
        open();
        server.live(ORGANIZATION).forEach(connection -> connection.breaks(false));
        server.create();
        server.garbage(ONE);
        pass(4);
        server.garbage(ORGANIZATION);
        time.pass(Duration.ofMillis(500));
        long before = streams.closedGaps();
        pass(3);

        assertThat(delivered).containsExactly("null " + TWO + " reset");
        assertThat(streams.recoveredEvents()).isEqualTo(1);
        assertThat(streams.closedGaps())
                .as("such a line's gap is closed a little later")
                .isEqualTo(before + 1);
    }

    @Test
    void whatTheStreamToldLongBeforeAGapIsNotToldAgainAfterIt() {
        createTwenty();
        pass(20);
        server.changed(ONE);
        pass(1);

        assertThat(syntheticAfter(connection -> connection.breaks(false)))
                .as("only the one that was told a moment ago")
                .isEqualTo(1);
    }

    /** What it has sent before came before its end. */
    @Test
    void whatTheStreamToldBeforeTheServerEndedItIsNotToldAgain() {
        createTwenty();
        pass(20);

        assertThat(syntheticAfter(connection -> connection.ends(null))).isZero();
    }

    /** It may have been dead for long. */
    @Test
    void whatAQuietStreamToldBeforeItBrokeIsToldAgain() {
        createTwenty();
        pass(20);

        assertThat(syntheticAfter(connection -> connection.breaks(false))).isEqualTo(20);
    }

    private void createTwenty() {
        recovers = true;
        streams = streams(false, 100);
        open();
        for (int i = 0; i < 20; i++) {
            server.create();
        }
    }

    private int syntheticAfter(Consumer<ServerConnection> loss) {
        server.live(ORGANIZATION).forEach(loss);
        pass(4);
        assertThat(closed).singleElement().satisfies(gap -> assertThat(gap.relisted())
                .isEqualTo(20));
        return closed.get(0).synthetic();
    }

    @Test
    void whileARecoveryHangsOnlyItsOwnStreamWaits() {
        recovers = true;
        streams = streams(true, 100);
        server.create();
        open();
        server.live(ORGANIZATION).forEach(connection -> connection.breaks(false));
        server.create();
        server.listingsHang = Duration.ofMinutes(3);
        pass(4);
        server.event(ONE, 0);
        server.event(ORGANIZATION, 0);
        pass(1);

        assertThat(delivered).containsExactly(ONE + " r2");
        assertThat(streams.waiting()).isEqualTo(1);

        server.listingsHang = Duration.ZERO;
        pass(600);
        assertThat(delivered).containsExactly(ONE + " r2", "null " + TWO + " reset", "null r3");
        assertThat(closed.get(0).synthetic()).isEqualTo(1);
    }

    @Test
    void aStopEndsARecoveryThatHangsAndTheGapIsRecoveredLater() {
        recovers = true;
        streams = streams(true, 100);
        open();
        server.live(ORGANIZATION).forEach(connection -> connection.breaks(false));
        server.create();
        server.listingsHang = Duration.ofMinutes(3);
        pass(4);
        server.event(ORGANIZATION, 0);
        pass(1);
        end();

        server.listingsHang = Duration.ZERO;
        open();
        pass(10);
        assertThat(delivered).contains("null " + ONE + " reset").anyMatch(event -> event.startsWith("null r1"));
        assertThat(closed).isNotEmpty();
    }

    @Test
    void aRouteThatFailsEndsTheStreams() {
        server.create();
        open();
        broken = true;
        server.event(ONE, 0);
        pass(1);

        assertThat(streams.status().state()).isEqualTo(State.FAILED);
        assertThat(streams.openCount()).isZero();
    }

    @Test
    void whatIsSavedAfterASleepIsNotLaterThanWhatWasRead() {
        Instant beforeTheSleep = savedAfterSixSeconds();

        time.sleep(Duration.ofSeconds(20));
        server.event(ORGANIZATION, 0);
        pass(4);
        assertThat(delivered).hasSize(1);
        assertThat(stored()).containsEntry(ORGANIZATION, beforeTheSleep);

        pass(3);
        // Its connection may have died during the sleep.
        assertThat(stored()).containsEntry(ORGANIZATION, beforeTheSleep);
        server.event(ORGANIZATION, 0);
        Instant shown = time.now();
        pass(6);
        assertThat(stored()).containsEntry(ORGANIZATION, shown);
    }

    @Test
    void whatAStopSavesAfterASleepIsNotLaterThanWhatWasRead() {
        Instant beforeTheSleep = savedAfterSixSeconds();

        time.sleep(Duration.ofSeconds(20));
        server.event(ORGANIZATION, 0);
        pass(1);
        assertThat(delivered).hasSize(1);
        end();
        assertThat(stored(ORGANIZATION)).isEqualTo(beforeTheSleep);
    }

    @Test
    void theGapOfAConnectionThatIsLostAfterASleepBeginsBeforeIt() {
        Instant beforeTheSleep = savedAfterSixSeconds();

        readsAnEventAndLosesItsConnection(Duration.ofSeconds(20), 1);
        assertThat(gaps).singleElement().satisfies(gap -> assertThat(gap.from()).isEqualTo(beforeTheSleep));
    }

    /** When it wakes up its socket holds an event, and the end of the connection. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theGapOfAConnectionThatEndedDuringASleepBeginsBeforeIt(boolean resets) {
        Instant beforeTheSleep = savedAfterSixSeconds();
        time.schedule(
                () -> {
                    server.event(ORGANIZATION, 0);
                    server.live(ORGANIZATION).forEach(connection -> {
                        if (resets) {
                            connection.breaks(false);
                        } else {
                            connection.ends(null);
                        }
                    });
                },
                Duration.ofSeconds(1));

        time.sleep(Duration.ofMinutes(20));
        Instant awake = time.now();
        pass(4);
        assertThat(delivered).hasSize(resets ? 0 : 1);
        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.from()).isEqualTo(beforeTheSleep);
            assertThat(gap.to()).isAfter(awake);
        });
    }

    @Test
    void aConnectionThatWasDeadWhenItWokeUpHasItsGapFromBeforeTheSleep() {
        Instant beforeTheSleep = savedAfterSixSeconds();

        readsAnEventAndLosesItsConnection(Duration.ofMinutes(20), 60);
        assertThat(gaps).singleElement().satisfies(gap -> assertThat(gap.from()).isEqualTo(beforeTheSleep));
    }

    @Test
    void theStreamOfAnEnvironmentThatCameDuringASleepBeginsWithAGap() {
        open();
        pass(6);
        Instant beforeTheSleep = stored().get(ORGANIZATION);

        time.sleep(Duration.ofSeconds(20));
        server.create();
        pass(2);
        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.from()).isEqualTo(beforeTheSleep);
            assertThat(gap.reason()).isEqualTo("late");
        });
        server.event(ONE, 0);
        pass(1);
        assertThat(delivered).containsExactly("null " + ONE, ONE + " r1 late");
    }

    @Test
    void whereTheFirstListingIsLateTheStreamsOfEnvironmentsBeginWithAGap() {
        server.create();
        server.failingListings = 100;
        open();
        pass(5);
        assertThat(gaps).isEmpty();

        server.failingListings = 0;
        pass(20);
        assertThat(streams.statuses()).containsOnlyKeys(ORGANIZATION, ONE);
        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.from()).isBefore(VirtualTime.START.plusSeconds(1));
            assertThat(gap.reason()).isEqualTo("late");
        });
    }

    @Test
    void theStreamOfAnEnvironmentThatCameWhileTheRouteWasInTheWayBeginsWithAGap() {
        open();
        pass(6);
        blocked = true;
        for (int i = 0; i < 12; i++) {
            server.event(ORGANIZATION, 1_000_000);
        }
        pass(1);
        Instant created = time.now();
        server.create();
        pass(2);
        assertThat(gaps).isEmpty();

        blocked = false;
        pass(2);
        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.from()).isBefore(created);
            assertThat(gap.reason()).isEqualTo("late");
        });
    }

    /** What is received at once with it says nothing about when it came. */
    @Test
    void theStreamOfAnEnvironmentThatCameWithTheBeginningOfAnotherLineHasNoGap() {
        open();
        pass(6);
        server.live(ORGANIZATION).get(0).lineBegunAt = time.now();
        pass(3);
        server.create();
        pass(2);

        assertThat(streams.statuses()).containsKey(ONE);
        assertThat(gaps).isEmpty();
    }

    private Instant savedAfterSixSeconds() {
        streams = streams(false, 100);
        open();
        pass(6);
        return stored().get(ORGANIZATION);
    }

    private void readsAnEventAndLosesItsConnection(Duration asleep, int secondsAfterIt) {
        time.sleep(asleep);
        server.event(ORGANIZATION, 0);
        pass(secondsAfterIt);
        assertThat(delivered).hasSize(1);
        server.live(ORGANIZATION).forEach(connection -> connection.breaks(false));
        pass(4);
    }

    @Test
    void onAMachineThatIsLateAgainAndAgainThePositionGoesOn() {
        streams = streams(false, 100);
        open();
        for (int i = 0; i < 20; i++) {
            server.event(ORGANIZATION, 0);
            pass(3);
            time.sleep(Duration.ofMillis(2_100));
            assertThat(stored().get(ORGANIZATION)).isAfter(time.now().minusSeconds(30));
        }
        assertThat(delivered).hasSize(20);
        pass(20);
        server.event(ORGANIZATION, 0);
        Instant shown = time.now();
        pass(6);
        assertThat(stored()).containsEntry(ORGANIZATION, shown);
    }

    @Test
    void aConnectionThatTookLongToReplaceAnotherHasNotSlept() {
        streams = streams(false, 100);
        open();
        streams.renew();
        pass(1);
        assertThat(server.live(ORGANIZATION)).hasSize(2);
        for (int seconds = 0; seconds < 100 && server.live(ORGANIZATION).size() > 1; seconds++) {
            pass(1);
        }
        assertThat(server.live(ORGANIZATION)).hasSize(1);

        server.event(ORGANIZATION, 0);
        Instant shown = time.now();
        pass(1);
        assertThat(stored(ORGANIZATION)).isEqualTo(shown);
    }

    private Instant stored(String scope) {
        streams.save();
        return stored().get(scope);
    }

    private Map<String, Instant> stored() {
        return new PositionStore(repository, "state")
                .load().entrySet().stream().collect(toMap(Map.Entry::getKey, position -> position.getValue()
                        .deliveredUpTo()));
    }

    private void open() {
        streams.open(server.client(), new Workers(time::execute, (wait, task) -> time.schedule(task, wait)));
        pass(1);
    }

    private void end() {
        streams.stop("restart");
        pass(1);
        assertThat(time.threads()).isZero();
    }

    private void pass(int seconds) {
        time.pass(Duration.ofSeconds(seconds));
    }

    private ConsumerStreams streams(boolean everyEnvironment, int maxStreams) {
        EventQuery organization = new EventQuery(null, List.of());
        return new ConsumerStreams(
                new StreamScopes(List.of(organization), everyEnvironment, maxStreams),
                new StreamSettings(Duration.ofHours(1), null, StreamServer.MAX_LINE_BYTES, BACKOFF, () -> 1),
                Duration.ofSeconds(10),
                sink,
                (query, inOrder) -> new Listener(inOrder),
                query -> recovers
                        ? GapRecovery.of(
                                query,
                                true,
                                null,
                                new KnownStateStore(repository, "known", "state", time::now),
                                time.clock().steady(),
                                null)
                        : GapRecovery.none(),
                new PositionStore(repository, "state"),
                new Turn(time.clock()),
                time.clock());
    }

    private final class Listener implements StreamListener {
        private final Consumer<Runnable> inOrder;

        Listener(Consumer<Runnable> inOrder) {
            this.inOrder = inOrder;
        }

        @Override
        public void connected(StreamGap gap) {
            inOrder.accept(() -> done.add("connected"));
        }

        @Override
        public void renewed(String why, StreamGap gap) {}

        @Override
        public void skipped(StreamLine.Skipped line) {
            done.add("skipped");
        }

        @Override
        public void disconnected(String reason, Exception cause, Duration wait) {}

        @Override
        public void gaveUp(Throwable cause) {}
    }
}
