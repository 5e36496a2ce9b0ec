package io.github.camelgitpod.event;

import io.github.camelgitpod.consumer.HealthDetails;
import io.github.camelgitpod.event.stream.StreamStatus;
import io.github.camelgitpod.health.HealthReport;
import io.github.camelgitpod.model.StreamGap;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.util.URISupport;

/** Readiness of a {@code gitpod:events} consumer. */
final class EventHealthCheck implements HealthCheck {
    private final EventMonitoring consumer;
    private final String id;
    private final State initialState;
    private final String sanitizedUri;
    private boolean enabled = true;

    EventHealthCheck(EventMonitoring consumer, String id) {
        HealthCheckRegistry registry =
                HealthCheckRegistry.get(consumer.getEndpoint().getCamelContext());
        this.consumer = consumer;
        this.id = id;
        this.initialState = registry == null ? State.DOWN : registry.getInitialState();
        this.sanitizedUri = URISupport.sanitizeUri(consumer.getEndpoint().getEndpointUri());
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String getGroup() {
        return "camel";
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
        result.detail(ENDPOINT_URI, sanitizedUri).detail(CHECK_KIND, Kind.READINESS);
        if (!enabled) {
            return result.message("Disabled")
                    .detail(CHECK_ENABLED, false)
                    .unknown()
                    .build();
        }
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
        return result.build();
    }
}
