package io.github.camelgitpod.event;

import io.github.camelgitpod.consumer.ExchangeSender;
import io.github.camelgitpod.event.group.EventSink;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.GitpodEventBatch;
import io.github.camelgitpod.model.StreamGap;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
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

    private final ExchangeSender sender;
    private final Set<String> operations;
    private final boolean gapEvents;
    private final boolean batching;
    private final Supplier<String> organization;
    private final EventMessage messages;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongSupplier nanoTime;
    private volatile long since;

    /**
     * @param operations   in full; empty: all
     * @param gapEvents    whether a gap is an exchange of its own
     * @param batching     whether events that were received together are one exchange
     * @param nanoTime     a monotonic clock, such as {@link System#nanoTime()}
     * @param organization whose events they are; gives null when it is not known
     * @param messages     fills the messages
     */
    EventDelivery(
            DefaultConsumer consumer,
            Set<String> operations,
            boolean gapEvents,
            boolean batching,
            LongSupplier nanoTime,
            Supplier<String> organization,
            EventMessage messages) {
        this.nanoTime = nanoTime;
        this.sender = new ExchangeSender(consumer);
        this.operations = operations;
        this.gapEvents = gapEvents;
        this.batching = batching;
        this.organization = organization;
        this.messages = messages;
    }

    /** How many exchanges are in the route: 0 or 1. */
    int inFlight() {
        return inFlight.get();
    }

    /** For how long the route has had an exchange; zero: it has none. */
    Duration inRouteFor() {
        return inFlight() == 0 ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - since);
    }

    @Override
    public boolean takesSeveral() {
        return batching;
    }

    @Override
    public boolean events(String environmentId, List<GitpodEvent> events, StreamGap gap) {
        List<GitpodEvent> wanted = operations.isEmpty()
                ? events
                : events.stream()
                        .filter(event -> operations.contains(event.operation()))
                        .toList();
        if (wanted.isEmpty()) {
            return false;
        }
        GitpodEvent first = wanted.get(0);
        deliver(
                message -> {
                    messages.fill(message, environmentId, first, gap);
                    if (batching) {
                        message.setBody(new GitpodEventBatch(wanted));
                    }
                },
                () -> wanted.size() == 1 ? first.toString() : wanted.size() + " events, the first of them " + first);
        return true;
    }

    @Override
    public void gap(String environmentId, StreamGap gap) {
        if (gapEvents) {
            deliver(message -> EventMessage.fill(message, environmentId, gap), gap::toString);
        }
    }

    @Override
    public void gapClosed(String environmentId, ClosedGap closed) {
        if (gapEvents) {
            deliver(message -> EventMessage.fill(message, environmentId, closed), closed::toString);
        }
    }

    private void deliver(Consumer<Message> filler, Supplier<String> what) {
        since = nanoTime.getAsLong();
        inFlight.incrementAndGet();
        try {
            send(filler);
        } catch (RuntimeException | Error e) {
            // Also an error: it would end the thread that delivers, and the next event may well succeed.
            LOG.warn("{} could not be delivered", what.get(), e);
        } finally {
            inFlight.decrementAndGet();
            // An interrupt that a route left behind is its own: it must not end the stream.
            Thread.interrupted();
        }
    }

    private void send(Consumer<Message> filler) {
        sender.send(
                exchange -> {
                    filler.accept(exchange.getMessage());
                    EventMessage.setOrganization(exchange.getMessage(), organization.get());
                },
                exchange -> !ExchangeSender.isFailed(exchange) || report(exchange));
    }

    private boolean report(Exchange exchange) {
        boolean reported = sender.report("Error processing an event", exchange);
        if (!reported && exchange.getException() == null) {
            // A mark for rollback is nothing that the route's error handler is told of.
            LOG.warn(
                    "Error processing an event: {}",
                    ExchangeSender.failure(exchange).toString());
        }
        return reported;
    }
}
