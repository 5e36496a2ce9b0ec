package io.github.camelgitpod.event.group;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * The streams of a consumer against a scripted server, over random histories on a virtual clock: connections that end,
 * break, hang and bring garbage; headers that come late; a route that blocks; renewals; processes that are suspended,
 * stopped and killed; environments that come and go, and recoveries that fail; in every
 * other history also listings that hang, streams that are forbidden, and too few of them; and machines with one state, of which any
 * sleeps, is overtaken, goes on or is killed. What was sent is what was delivered, once and in order, and what lies inside gaps that
 * were told. More histories with {@code -Dgitpod.histories=10000}; a failure is played
 * again with {@code -Dgitpod.seed=<seed> -Dgitpod.histories=1}.
 */
class StreamHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("gitpod.histories", 100);
    private static final int WITH_RIVALS = Integer.getInteger("gitpod.histories", 50);
    private static final long SEED = Long.getLong("gitpod.seed", 0);
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(StreamHistoriesTest.class);
    private static final Logger EVENT = (Logger) LoggerFactory.getLogger("io.github.camelgitpod.event");

    private static Level before;

    @BeforeAll
    static void quiet() {
        before = EVENT.getLevel();
        EVENT.setLevel(Level.OFF);
        LOG.setLevel(Level.INFO);
    }

    @AfterAll
    static void loud() {
        EVENT.setLevel(before);
        LOG.setLevel(null);
    }

    /**
     * An environment came in a gap, and the process ended before its gap was told: 1262, 1637. Nothing was stored: 2267. The
     * position had passed a gap that waited for the route: 415.
     */
    @ParameterizedTest
    @ValueSource(longs = {1262, 1637, 2267, 415})
    void whatWasLostOnceIsNotLostAgain(long seed) {
        assertThat(new StreamHistory(seed, false).run()).isEmpty();
    }

    /**
     * A stream was woken between two runs, and started twice: 1739. A line that the end of the old connection cut off hid that
     * both had brought the same: 236.
     */
    @ParameterizedTest
    @ValueSource(longs = {1739, 236})
    void whatWentWrongBesideRecoveriesDoesNotAgain(long seed) {
        assertThat(new StreamHistory(seed, seed % 2 == 1).run()).isEmpty();
    }

    @Test
    void whoeverGoesOnNothingIsMissedInSilence() {
        int[] sums = new int[5];
        for (long seed = SEED; seed < SEED + WITH_RIVALS; seed++) {
            RivalHistory history = new RivalHistory(seed);
            add(seed, history::run, history::figures, sums);
        }
        LOG.info(
                "{} histories of rivals: {} events delivered, {} in gaps; {} sleeps, {} times overtaken, {} killed",
                WITH_RIVALS,
                sums[0],
                sums[1],
                sums[2],
                sums[3],
                sums[4]);
        if (WITH_RIVALS >= 50) {
            assertThat(sums).as("nothing was left out").doesNotContain(0);
        }
    }

    private static void add(long seed, Supplier<List<String>> history, Supplier<int[]> figures, int[] sums) {
        List<String> faults;
        try {
            faults = history.get();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("History " + seed, e);
        }
        assertThat(faults).as("history %s", seed).isEmpty();
        int[] counted = figures.get();
        Arrays.setAll(sums, i -> sums[i] + counted[i]);
    }

    @Test
    void whatWasSentIsDeliveredOnceOrInsideAGap() {
        int[] sums = new int[10];
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            StreamHistory history = new StreamHistory(seed, seed % 2 == 1);
            add(seed, history::run, history::figures, sums);
        }
        LOG.info(
                "{} histories: {} events delivered, {} in gaps, {} twice, {} synthetic; {} renewals, {} stalls,"
                        + " {} suspensions, {} restarts, {} crashes, {} failed listings",
                HISTORIES,
                sums[0],
                sums[1],
                sums[2],
                sums[3],
                sums[4],
                sums[5],
                sums[6],
                sums[7],
                sums[8],
                sums[9]);
        if (HISTORIES >= 100) {
            assertThat(sums).as("nothing was left out").doesNotContain(0);
        }
        assertThat(sums[2]).as("twice").isLessThan(1 + sums[0] / 100);
    }
}
