package io.github.camelgitpod.consumer;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.util.URISupport;

/** A check of one consumer, for readiness. */
public abstract class ReadinessCheck implements HealthCheck {
    private final String id;
    private final String sanitizedUri;
    private boolean enabled;

    /**
     * @param id       of the check
     * @param consumer that Camel asks for the check
     * @param enabled  as the application wants it
     */
    protected ReadinessCheck(String id, DefaultConsumer consumer, boolean enabled) {
        this.id = id;
        this.sanitizedUri = URISupport.sanitizeUri(consumer.getEndpoint().getEndpointUri());
        this.enabled = enabled;
    }

    /** Whether an application wants the checks of a component's consumers. */
    protected static boolean isWanted(Endpoint endpoint) {
        return !(endpoint.getComponent() instanceof HealthCheckComponent component)
                || component.isHealthCheckConsumerEnabled();
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
        if (enabled) {
            fill(result, options);
        } else {
            result.message("Disabled").detail(CHECK_ENABLED, false).unknown();
        }
        return result.build();
    }

    /** Says how the consumer is. */
    protected abstract void fill(HealthCheckResultBuilder result, Map<String, Object> options);
}
