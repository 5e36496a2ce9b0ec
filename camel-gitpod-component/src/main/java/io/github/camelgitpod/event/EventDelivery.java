package io.github.camelgitpod.event;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.consumer.ExchangeSender;
import io.github.camelgitpod.consumer.HeaderTemplate;
import io.github.camelgitpod.event.group.EventSink;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events and gaps through the route, one after the other. When an exchange fails, that is reported and the stream goes
 * on: the server does not send an event again.
 */
final class EventDelivery implements EventSink {
    private static final Logger LOG = LoggerFactory.getLogger(EventDelivery.class);
    private static final HeaderTemplate HEADERS = new HeaderTemplate(
            GitpodConstants.EVENT_TYPE,
            GitpodConstants.RECEIVED_AT,
            GitpodConstants.MESSAGE_TIMESTAMP,
            GitpodConstants.OPERATION,
            GitpodConstants.RESOURCE_TYPE,
            GitpodConstants.RESOURCE_ID);

    private final ExchangeSender sender;
    private final Set<String> operations;
    private final boolean gapEvents;
    private final AtomicInteger inFlight = new AtomicInteger();
    /** Events that were read together have one time, and to make its text takes longer than all other headers. */
    private Received lastReceived;

    private record Received(Instant at, String text) {}

    /**
     * @param operations in full; empty: all
     * @param gapEvents  whether a gap is an exchange of its own
     */
    EventDelivery(DefaultConsumer consumer, Set<String> operations, boolean gapEvents) {
        this.sender = new ExchangeSender(consumer);
        this.operations = operations;
        this.gapEvents = gapEvents;
    }

    /** How many exchanges are in the route: 0 or 1. */
    int inFlight() {
        return inFlight.get();
    }

    @Override
    public boolean event(String environmentId, GitpodEvent event, StreamGap gap) {
        if (!operations.isEmpty() && !operations.contains(event.operation())) {
            return false;
        }
        deliver(message -> fill(message, environmentId, event, gap), event);
        return true;
    }

    @Override
    public void gap(String environmentId, StreamGap gap) {
        if (gapEvents) {
            deliver(message -> fill(message, environmentId, "GAP", gap, gap), gap);
        }
    }

    @Override
    public void gapClosed(String environmentId, ClosedGap closed) {
        if (gapEvents) {
            deliver(message -> fill(message, environmentId, "GAP_CLOSED", closed.gap(), closed), closed);
        }
    }

    private void deliver(Consumer<Message> filler, Object what) {
        inFlight.incrementAndGet();
        try {
            send(filler);
        } catch (RuntimeException | Error e) {
            // Also an error: it would end the thread that delivers, and the next event may well succeed.
            LOG.warn("{} could not be delivered", what, e);
        } finally {
            inFlight.decrementAndGet();
            // An interrupt that a route left behind is its own: it must not end the stream.
            Thread.interrupted();
        }
    }

    private void send(Consumer<Message> filler) {
        sender.send(
                exchange -> filler.accept(exchange.getMessage()),
                exchange -> exchange.getException() == null || sender.report("Error processing an event", exchange));
    }

    private void fill(Message message, String environmentId, GitpodEvent event, StreamGap gap) {
        message.setBody(event);
        HEADERS.fill(message, header -> value(event, header));
        setIfKnown(message, GitpodConstants.ENVIRONMENT_ID, environmentId);
        setIfKnown(message, GitpodConstants.ENTRY_ID, event.entryId());
        setIfKnown(message, GitpodConstants.CREATED_AT, event.createdAt());
        setIfKnown(message, GitpodConstants.SYNTHETIC, event.synthetic() ? Boolean.TRUE : null);
        if (gap != null) {
            setGap(message, gap);
        }
    }

    private Object value(GitpodEvent event, String header) {
        return switch (header) {
            case GitpodConstants.EVENT_TYPE -> "CHANGE";
            case GitpodConstants.RECEIVED_AT -> text(event.receivedAt());
            case GitpodConstants.MESSAGE_TIMESTAMP -> event.receivedAt().toEpochMilli();
            case GitpodConstants.OPERATION -> event.operation();
            case GitpodConstants.RESOURCE_TYPE -> event.resourceType();
            case GitpodConstants.RESOURCE_ID -> event.resourceId();
            default -> throw new IllegalArgumentException(header);
        };
    }

    private String text(Instant receivedAt) {
        Received known = lastReceived;
        if (known == null || !known.at.equals(receivedAt)) {
            known = new Received(receivedAt, receivedAt.toString());
            lastReceived = known;
        }
        return known.text;
    }

    private static void fill(Message message, String environmentId, String type, StreamGap gap, Object body) {
        message.setBody(body);
        message.setHeader(GitpodConstants.EVENT_TYPE, type);
        message.setHeader(GitpodConstants.MESSAGE_TIMESTAMP, gap.to().toEpochMilli());
        setIfKnown(message, GitpodConstants.ENVIRONMENT_ID, environmentId);
        setGap(message, gap);
    }

    private static void setGap(Message message, StreamGap gap) {
        message.setHeader(GitpodConstants.GAP_FROM, gap.from().toString());
        message.setHeader(GitpodConstants.GAP_TO, gap.to().toString());
        message.setHeader(GitpodConstants.GAP_REASON, gap.reason());
    }

    private static void setIfKnown(Message message, String header, Object value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}
