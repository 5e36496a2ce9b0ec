package io.github.camelgitpod.event;

import io.github.camelgitpod.consumer.HealthDetails;
import io.github.camelgitpod.consumer.ReadinessCheck;
import io.github.camelgitpod.event.stream.StreamStatus;
import io.github.camelgitpod.health.HealthReport;
import io.github.camelgitpod.model.StreamGap;
import java.util.Map;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;

/** Readiness of a {@code gitpod:events} consumer. */
final class EventHealthCheck extends ReadinessCheck {
    private final EventMonitoring consumer;
    private final State initialState;

    EventHealthCheck(EventMonitoring consumer, String id) {
        super(id, consumer, isWanted(consumer.getEndpoint()));
        HealthCheckRegistry registry =
                HealthCheckRegistry.get(consumer.getEndpoint().getCamelContext());
        this.consumer = consumer;
        this.initialState = registry == null ? State.DOWN : registry.getInitialState();
    }

    @Override
    protected void fill(HealthCheckResultBuilder result, Map<String, Object> options) {
        HealthReport report = consumer.report();
        HealthDetails.fill(result, report, initialState);
        StreamStatus status = consumer.status();
        HealthDetails.add(result, "streams", consumer.getStreams());
        HealthDetails.add(result, "streams.open", consumer.getOpenStreams());
        HealthDetails.add(result, "gaps", status.gaps());
        StreamGap gap = status.lastGap();
        HealthDetails.add(result, "lastGap", gap == null ? null : gap.from() + "/" + gap.to() + " " + gap.reason());
        HealthDetails.add(result, "recoveryError", consumer.getRecoveryError());
        if (status.awaitsAnswer()) {
            HealthDetails.add(
                    result, "awaits", "the answer's headers: the server may send them only with the first event");
        }
        if (status.state() == StreamStatus.State.RECONNECTING || status.state() == StreamStatus.State.FAILED) {
            HealthDetails.add(result, "reason", status.lastReason());
            result.detail(FAILURE_ERROR_COUNT, (long) status.attempts());
            if (status.lastStatus() > 0) {
                result.detail(HTTP_RESPONSE_CODE, status.lastStatus());
            }
        }
    }
}
