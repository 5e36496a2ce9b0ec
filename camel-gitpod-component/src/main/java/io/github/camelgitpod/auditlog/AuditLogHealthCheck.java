package io.github.camelgitpod.auditlog;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.support.ScheduledPollConsumerHealthCheck;

/** Camel's health of a consumer that polls, and whether the clocks agree. That they do not is no failure: nothing is lost. */
final class AuditLogHealthCheck extends ScheduledPollConsumerHealthCheck {
    private final AuditLogMonitoring consumer;

    AuditLogHealthCheck(AuditLogMonitoring consumer, String id) {
        super(consumer, id);
        this.consumer = consumer;
    }

    @Override
    public Result call(Map<String, Object> options) {
        Result camels = super.call(options);
        String disagreement = consumer.getClockDisagreement();
        if (disagreement == null) {
            return camels;
        }
        return HealthCheckResultBuilder.on(this)
                .state(camels.getState())
                .message(camels.getMessage().orElse(null))
                .error(camels.getError().orElse(null))
                .details(camels.getDetails())
                .detail("gitpod.clocks", disagreement)
                .build();
    }
}
