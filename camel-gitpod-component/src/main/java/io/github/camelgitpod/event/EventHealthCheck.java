package io.github.camelgitpod.event;

import io.github.camelgitpod.event.group.ConsumerStreams;
import io.github.camelgitpod.event.stream.StreamStatus;
import java.util.Comparator;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.util.URISupport;

/** Readiness of a {@code gitpod:events} consumer: up while its stream is open. */
final class EventHealthCheck implements HealthCheck {
    private final ConsumerStreams streams;
    private final String id;
    private final State initialState;
    private final String sanitizedUri;
    private boolean enabled = true;

    /**
     * @param endpoint of the consumer
     * @param streams  of the consumer
     */
    EventHealthCheck(String id, Endpoint endpoint, ConsumerStreams streams) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(endpoint.getCamelContext());
        this.id = id;
        this.streams = streams;
        this.initialState = registry == null ? State.DOWN : registry.getInitialState();
        this.sanitizedUri = URISupport.sanitizeUri(endpoint.getEndpointUri());
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
        Map<String, StreamStatus> decisive = streams.decisiveStatuses();
        StreamStatus status = StreamStatus.of(decisive.values());
        String what = decisive.size() == 1 ? "The event stream" : "The event stream of " + worst(decisive);
        result.detail("stream.state", status.state().name())
                .detail("stream.since", status.since().toString())
                .detail("stream.open", streams.openCount())
                .detail("stream.count", streams.statuses().size())
                .detail("stream.gaps", streams.status().gaps());
        if (status.lastGap() != null) {
            result.detail("stream.lastGap.from", status.lastGap().from().toString())
                    .detail("stream.lastGap.to", status.lastGap().to().toString())
                    .detail("stream.lastGap.reason", status.lastGap().reason());
        }
        if (status.awaitsAnswer()) {
            result.detail("stream.awaits", "the answer's headers: the server may send them only with the first event");
        }
        switch (status.state()) {
            case OPEN -> result.up();
            case CONNECTING -> result.state(initialState).message("The event stream has not been opened yet");
            case RECONNECTING -> down(result, status, what + " is interrupted");
            case FAILED -> down(result, status, what + " ended for good");
        }
        return result.build();
    }

    /** The scope of the stream in the worst state. */
    private static String worst(Map<String, StreamStatus> all) {
        return all.entrySet().stream()
                .max(Comparator.comparing(entry -> entry.getValue().state()))
                .orElseThrow()
                .getKey();
    }

    private static void down(HealthCheckResultBuilder result, StreamStatus status, String what) {
        String error = status.lastError() == null ? "" : ": " + status.lastError();
        result.down()
                .message(what + " (" + status.lastReason() + ")" + error)
                .detail("stream.reason", status.lastReason())
                .detail(FAILURE_ERROR_COUNT, (long) status.attempts());
        if (status.lastStatus() > 0) {
            result.detail(HTTP_RESPONSE_CODE, status.lastStatus());
        }
        if (status.nextAttemptAt() != null) {
            result.detail("stream.nextAttemptAt", status.nextAttemptAt().toString());
        }
    }
}
