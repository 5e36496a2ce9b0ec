package io.github.camelgitpod.consumer;

import org.apache.camel.Exchange;
import org.apache.camel.support.component.PollDynamicAwareSupport;

/**
 * Refuses to be polled. Camel asks this of each {@code pollEnrich} and {@code poll} of {@code gitpod:} when their route starts, so that
 * they fail then and not at the first exchange; whoever else polls is refused by the endpoint.
 */
public final class PollRefusal extends PollDynamicAwareSupport {

    /** To be thrown by whoever is asked for a way to poll. */
    public static UnsupportedOperationException refusal() {
        return new UnsupportedOperationException(
                "gitpod: cannot be read by pollEnrich, poll, ConsumerTemplate or PollingConsumer: what waits for them in a queue"
                        + " would count as delivered, and be lost in a restart; allowed: a route from(\"gitpod:auditLogs\") or"
                        + " from(\"gitpod:events\"), which can send to what can be polled, such as seda:; or, to ask for audit-log"
                        + " entries on demand, to(\"gitpod:auditLogs?operation=list\")");
    }

    @Override
    protected void doInit() {
        throw refusal();
    }

    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) {
        throw refusal();
    }

    @Override
    public String resolveStaticUri(Exchange exchange, DynamicAwareEntry entry) {
        throw refusal();
    }

    @Override
    public boolean isLenientProperties() {
        return false;
    }
}
