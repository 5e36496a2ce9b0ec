package io.github.camelgitpod.consumer;

import io.github.camelgitpod.health.HealthReport;
import io.github.camelgitpod.health.HealthState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells in the log, once, what comes without a failure: that a consumer waits because the server asked for it, that it stands still.
 * Failures, and their end, are told by who meets them.
 */
final class HealthLog {
    private static final Logger LOG = LoggerFactory.getLogger(HealthLog.class);

    private final String name;
    private HealthState last = HealthState.STARTING;
    /** Whether something was told whose end is still to be told. */
    private boolean told;

    /** @param name of the consumer, for people; has no secret */
    HealthLog(String name) {
        this.name = name;
    }

    void look(HealthReport report) {
        if (last == report.state()) {
            return;
        }
        last = report.state();
        boolean waits = last == HealthState.THROTTLED && report.lastError() == null;
        if (last == HealthState.STALE || waits) {
            LOG.warn("{} {}. {}", name, waits ? "waits" : "stands still", report.message());
            told = true;
        } else if (told && last.isUp()) {
            LOG.info("{} goes on", name);
            told = false;
        }
    }
}
