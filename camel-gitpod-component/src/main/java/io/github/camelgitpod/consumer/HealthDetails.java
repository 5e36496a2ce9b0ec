package io.github.camelgitpod.consumer;

import io.github.camelgitpod.health.HealthReport;
import io.github.camelgitpod.health.HealthState;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/** What a health check of either resource says of a report. */
public final class HealthDetails {
    private static final String PREFIX = "gitpod.";

    private HealthDetails() {}

    /** @param initial what a consumer is that has no answer yet */
    public static void fill(HealthCheckResultBuilder result, HealthReport report, HealthCheck.State initial) {
        if (report.state() == HealthState.STARTING) {
            result.state(initial);
        } else {
            result.state(report.state().isUp() ? HealthCheck.State.UP : HealthCheck.State.DOWN);
        }
        if (report.message() != null) {
            result.message(report.message());
        }
        add(result, "state", report.state());
        add(result, "since", report.since());
        add(result, "lastSuccessAt", report.lastSuccessAt());
        add(result, "nextAttemptAt", report.nextAttemptAt());
        add(result, "lastError", report.lastError());
    }

    /**
     * Adds a detail.
     *
     * @param name  without the prefix that all have
     * @param value null: there is nothing to say
     */
    public static void add(HealthCheckResultBuilder result, String name, Object value) {
        if (value != null) {
            result.detail(PREFIX + name, value instanceof Number ? value : value.toString());
        }
    }
}
