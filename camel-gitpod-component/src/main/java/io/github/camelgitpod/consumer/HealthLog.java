package io.github.camelgitpod.consumer;

import io.github.camelgitpod.health.HealthReport;
import io.github.camelgitpod.health.HealthState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells in the log, once, what comes without a failure: that a consumer waits because the server asked for it, that it stands still, that
 * it has caught up. Failures, and their end, are told by who meets them.
 */
final class HealthLog {
    private static final Logger LOG = LoggerFactory.getLogger(HealthLog.class);

    private final String name;
    private HealthState told = HealthState.STARTING;

    /** @param name of the consumer, for people; has no secret */
    HealthLog(String name) {
        this.name = name;
    }

    void look(HealthReport report) {
        HealthState before = told;
        told = report.state();
        if (told == before) {
            return;
        }
        if (told == HealthState.STALE) {
            LOG.warn("{} stands still. {}", name, report.message());
        } else if (told == HealthState.THROTTLED) {
            LOG.warn("{} waits. {}", name, report.message());
        } else if (told.isUp() && (before == HealthState.STALE || before == HealthState.THROTTLED)) {
            LOG.info("{} goes on", name);
        } else if (told == HealthState.CURRENT && before == HealthState.CATCHING_UP) {
            LOG.info("{} has caught up", name);
        }
    }
}
