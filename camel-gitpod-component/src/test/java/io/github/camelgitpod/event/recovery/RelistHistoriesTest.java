package io.github.camelgitpod.event.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** More with {@code -Dgitpod.histories=10000}; a failure names its seed. */
@Tag("T20")
class RelistHistoriesTest {
    private static final Logger LOG = LoggerFactory.getLogger(RelistHistoriesTest.class);
    private static final int HISTORIES = Integer.getInteger("gitpod.histories", 1_000);

    @Test
    void whatTheRouteKnowsAtTheEndIsWhatTheServerHas() {
        int[] sums = new int[7];
        for (long seed = 1; seed <= HISTORIES; seed++) {
            RelistHistory history = new RelistHistory(seed);
            try {
                history.run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("History " + seed, e);
            }
            sums[0] += history.changes;
            sums[1] += history.gaps;
            sums[2] += history.live;
            sums[3] += history.synthetic;
            sums[4] += history.crashes;
            sums[5] += history.failures;
            sums[6] += history.looks;
        }
        LOG.info(
                "{} histories: {} changes, {} gaps, {} events of the stream, {} synthetic ones, {} killed processes,"
                        + " {} failed answers, {} looks",
                HISTORIES,
                sums[0],
                sums[1],
                sums[2],
                sums[3],
                sums[4],
                sums[5],
                sums[6]);
        assertThat(sums).as("nothing was left out").doesNotContain(0);
    }
}
