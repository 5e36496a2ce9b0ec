package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The promise of the audit log, over random histories of a server that does all that the protocol allows. Nothing is lost
 * that becomes visible within the lookback, or with sweeps within their range. Duplicates come from crashes only, at most
 * commitEvery for each. What is not marked late comes in order. When the faults stop, everything arrives within eight
 * polls. More histories with {@code -Dgitpod.histories=3000}; to see one failure again: {@code -Dgitpod.seed=<seed>
 * -Dgitpod.histories=1}.
 */
@Tag("T1")
class NothingIsLostTest {
    private static final Logger LOG = LoggerFactory.getLogger(NothingIsLostTest.class);
    private static final int HISTORIES = Integer.getInteger("gitpod.histories", 150);
    private static final long SEED = Long.getLong("gitpod.seed", 0);

    @RegisterExtension
    static final QuietLog QUIET = new QuietLog();

    static Stream<Campaign> complete() {
        return Stream.of(
                        Campaigns.modern(),
                        Campaigns.legacy(),
                        Campaigns.sweeps(),
                        Campaigns.inParallel(),
                        Campaigns.clocks())
                .flatMap(campaigns -> campaigns);
    }

    static Stream<Campaign> bestEffort() {
        return Campaigns.bestEffort();
    }

    @ParameterizedTest
    @MethodSource("complete")
    void nothingIsLost(Campaign campaign) {
        Tally tally = run(campaign);

        assertThat(tally.faults()).isEmpty();
        assertThat(tally.entries()).as("entries that were at stake").isGreaterThan(HISTORIES * 5L);
    }

    @ParameterizedTest
    @MethodSource("bestEffort")
    void legacyServersWithSuchTokensLoseSomeTiesAndNothingElse(Campaign campaign) {
        Tally tally = run(campaign);

        assertThat(tally.faults()).isEmpty();
        // From 0.2 to 0.9 % in 20 runs with other seeds.
        assertThat(tally.lost()).as("lost of %s", tally.entries()).isLessThan(tally.entries() / 100 + 5);
    }

    static Stream<Campaign> bothClocks() {
        return Campaigns.bothClocks();
    }

    /** The share that a campaign allows for is part of its faults. */
    @ParameterizedTest
    @MethodSource("bothClocks")
    void whereBothClocksAreWrongLittleIsLost(Campaign campaign) {
        assertThat(run(campaign).faults()).isEmpty();
    }

    @Test
    void upgradeOfALegacyServerIsNoticed() {
        Tally tally = run(Campaigns.named(Campaigns.UPGRADE));

        // It is told by entries of different times that are still in the lookback. From 21 to 25 % of the
        // histories have too few of them.
        assertThat(tally.legacyAtEnd()).isLessThan(tally.histories() * 3 / 10 + 2);
    }

    private static Tally run(Campaign campaign) {
        Tally tally = campaign.run(SEED, HISTORIES);
        LOG.info("{}", tally);
        return tally;
    }
}
