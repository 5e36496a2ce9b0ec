package io.github.camelgitpod;

import io.github.camelgitpod.client.GitpodEvent;
import io.github.camelgitpod.event.StreamGap;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.BridgeExceptionHandlerToErrorHandler;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events through the route, one after the other. An exchange that fails is reported and the stream goes on: it
 * cannot be asked for an event again.
 */
final class EventDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

    private final DefaultConsumer consumer;
    private final Set<String> operations;
    private final String environmentId;
    private final AtomicInteger inFlight = new AtomicInteger();
    /** What the next delivered event comes after; events that the route does not want leave it. */
    private StreamGap gap;
    /** Events that were read together share their time, and its text takes longer than all other headers. */
    private Received lastReceived;

    private record Received(Instant at, String text) {}

    /**
     * @param operations    in full; empty: all
     * @param environmentId of the stream's scope; null: the organization
     */
    EventDelivery(DefaultConsumer consumer, Set<String> operations, String environmentId) {
        this.consumer = consumer;
        this.operations = operations;
        this.environmentId = environmentId;
    }

    /** How many exchanges are in the route: 0 or 1. */
    int inFlight() {
        return inFlight.get();
    }

    void deliver(GitpodEvent event, StreamGap gapBefore) {
        gap = gap == null ? gapBefore : gap.and(gapBefore);
        if (!operations.isEmpty() && !operations.contains(event.operation())) {
            return;
        }
        inFlight.incrementAndGet();
        try {
            send(event);
        } catch (Exception e) {
            LOG.warn("An event could not be delivered: {}", event, e);
        } finally {
            inFlight.decrementAndGet();
            // An interrupt that a route left behind is its own: it must not end the stream.
            Thread.interrupted();
        }
    }

    private void send(GitpodEvent event) {
        Exchange exchange = consumer.createExchange(false);
        try {
            fill(exchange.getMessage(), event);
            try {
                consumer.getProcessor().process(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            }
            // A bridge would send the failure through the route's error handler, which has had it already.
            boolean bridged = consumer.getExceptionHandler() instanceof BridgeExceptionHandlerToErrorHandler;
            if (exchange.getException() != null && !bridged) {
                consumer.getExceptionHandler()
                        .handleException("Error processing an event", exchange, exchange.getException());
            }
        } finally {
            consumer.releaseExchange(exchange, false);
        }
    }

    private void fill(Message message, GitpodEvent event) {
        message.setBody(event);
        message.setHeader(GitpodConstants.EVENT_TYPE, "CHANGE");
        message.setHeader(GitpodConstants.RECEIVED_AT, text(event.receivedAt()));
        message.setHeader(GitpodConstants.MESSAGE_TIMESTAMP, event.receivedAt().toEpochMilli());
        setIfKnown(message, GitpodConstants.OPERATION, event.operation());
        setIfKnown(message, GitpodConstants.RESOURCE_TYPE, event.resourceType());
        setIfKnown(message, GitpodConstants.RESOURCE_ID, event.resourceId());
        setIfKnown(message, GitpodConstants.ENVIRONMENT_ID, environmentId);
        setIfKnown(message, GitpodConstants.ENTRY_ID, event.entryId());
        setIfKnown(message, GitpodConstants.CREATED_AT, event.createdAt());
        setIfKnown(message, GitpodConstants.SYNTHETIC, event.synthetic() ? Boolean.TRUE : null);
        if (gap != null) {
            message.setHeader(GitpodConstants.GAP_FROM, gap.from().toString());
            message.setHeader(GitpodConstants.GAP_TO, gap.to().toString());
            message.setHeader(GitpodConstants.GAP_REASON, gap.reason());
            gap = null;
        }
    }

    private String text(Instant receivedAt) {
        Received known = lastReceived;
        if (known == null || !known.at.equals(receivedAt)) {
            known = new Received(receivedAt, receivedAt.toString());
            lastReceived = known;
        }
        return known.text;
    }

    private static void setIfKnown(Message message, String header, Object value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}
