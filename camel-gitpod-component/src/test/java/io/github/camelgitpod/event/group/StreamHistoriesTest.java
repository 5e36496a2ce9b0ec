package io.github.camelgitpod.event.group;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * The streams of a consumer against a scripted server, over random histories on a virtual clock: connections that end,
 * break, hang and bring garbage; headers that come late; a route that blocks; renewals; processes that are suspended,
 * stopped and killed; environments that come and go; recoveries that fail. What was sent is what was delivered, once and in
 * order, and what lies inside gaps that were told. More histories with {@code -Dgitpod.histories=10000}; a failure is played
 * again with {@code -Dgitpod.seed=<seed> -Dgitpod.histories=1}.
 */
class StreamHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("gitpod.histories", 300);
    private static final long SEED = Long.getLong("gitpod.seed", 0);
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.github.camelgitpod.event");

    private static Level before;

    @BeforeAll
    static void quiet() {
        before = LOG.getLevel();
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(before);
    }

    @Test
    void whatWasSentIsDeliveredOnceOrInsideAGap() {
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            StreamHistory history = new StreamHistory(seed);
            List<String> faults;
            try {
                faults = history.run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("History " + seed, e);
            }
            assertThat(faults).as("history %s", seed).isEmpty();
        }
    }
}
