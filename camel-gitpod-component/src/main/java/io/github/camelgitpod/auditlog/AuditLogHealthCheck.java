package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.consumer.HealthDetails;
import io.github.camelgitpod.health.HealthReport;
import io.github.camelgitpod.health.HealthState;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.support.ScheduledPollConsumerHealthCheck;

/**
 * Camel's health of a consumer that polls, with the state that the consumer gives itself. That clocks disagree is no failure: nothing is
 * lost.
 */
final class AuditLogHealthCheck extends ScheduledPollConsumerHealthCheck {
    private final AuditLogMonitoring consumer;

    AuditLogHealthCheck(AuditLogMonitoring consumer, String id) {
        super(consumer, id);
        this.consumer = consumer;
    }

    @Override
    public Result call(Map<String, Object> options) {
        Result camels = super.call(options);
        if (!isEnabled()) {
            return camels;
        }
        HealthReport report = consumer.report();
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this).details(camels.getDetails());
        HealthDetails.fill(result, report, camels.getState());
        if (!report.state().isUp() || report.state() == HealthState.THROTTLED) {
            result.error(camels.getError().orElse(null));
        }
        HealthDetails.add(result, "watermark", consumer.getWatermark());
        HealthDetails.add(result, "lag", consumer.lag().orElse(null));
        HealthDetails.add(result, "clocks", consumer.getClockDisagreement());
        return result.build();
    }
}
