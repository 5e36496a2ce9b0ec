package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The promise against an adversarial server, over random histories (delivery.md 5): nothing that becomes visible within the
 * lookback, or with sweeps within their range, is lost; duplicates come from crashes only, at most commitEvery for each;
 * what is not marked late comes in order; and when the faults stop, everything arrives within eight polls. More histories
 * with {@code -Dgitpod.histories=3000}; a failure is played again with {@code -Dgitpod.seed=<seed> -Dgitpod.histories=1}.
 */
@Tag("T1")
class NothingIsLostTest {
    private static final Logger LOG = LoggerFactory.getLogger(NothingIsLostTest.class);
    private static final int HISTORIES = Integer.getInteger("gitpod.histories", 150);
    private static final long SEED = Long.getLong("gitpod.seed", 0);

    private static final QuietLog QUIET = new QuietLog();

    @BeforeAll
    static void quiet() {
        QUIET.begin();
    }

    @AfterAll
    static void loud() {
        QUIET.end();
    }

    static Stream<Campaign> complete() {
        return Stream.of(Campaigns.modern(), Campaigns.legacy(), Campaigns.sweeps(), Campaigns.inParallel())
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
        assertThat(tally.lost()).as("lost of %s", tally.entries()).isLessThan(tally.entries() / 50 + 5);
    }

    @Test
    void upgradeOfALegacyServerIsNoticed() {
        Tally tally = run(Campaigns.named(Campaigns.UPGRADE));

        // Where nothing happens after the upgrade, there is nothing to tell it by.
        assertThat(tally.legacyAtEnd()).isLessThan(tally.histories() / 2 + 1);
    }

    private static Tally run(Campaign campaign) {
        Tally tally = campaign.run(SEED, HISTORIES);
        LOG.info("{}", tally);
        return tally;
    }
}
