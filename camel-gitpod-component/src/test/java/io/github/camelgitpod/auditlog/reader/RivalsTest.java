package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.auditlog.reader.Rivals.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two consumers of one cursor lose nothing, never move it back, and cost at most {@code commitEvery} duplicates for each time
 * one of them was overtaken. More histories with {@code -Dgitpod.histories=3000}; to see one failure again:
 * {@code -Dgitpod.seed=<seed> -Dgitpod.histories=1}.
 */
@Tag("T17")
class RivalsTest {
    private static final Logger LOG = LoggerFactory.getLogger(RivalsTest.class);
    private static final int HISTORIES = Integer.getInteger("gitpod.histories", 60);
    private static final long SEED = Long.getLong("gitpod.seed", 0);

    @RegisterExtension
    static final QuietLog QUIET = new QuietLog();

    @Test
    void nothingIsLostAndTheCursorNeverGoesBack() {
        Outcome outcome = Rivals.run(SEED, HISTORIES);
        LOG.info(
                "{}: {} entries, {} hand-overs, {} duplicates",
                Rivals.NAME,
                outcome.entries(),
                outcome.handOvers(),
                outcome.duplicates());

        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.handOvers()).isGreaterThan(HISTORIES);
        assertThat(outcome.duplicates()).isPositive();
    }
}
