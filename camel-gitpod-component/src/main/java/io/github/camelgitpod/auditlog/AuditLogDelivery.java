package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.model.AuditLogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.support.BridgeExceptionHandlerToErrorHandler;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends entries through the route, and decides by how that went whether they need to be sent again. */
final class AuditLogDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLogConsumer.class);

    private final DefaultConsumer consumer;
    private final boolean breakOnFirstError;
    private final SharedDeliveries shared;

    /** @param shared knows what other machines deliver; null: there are none */
    AuditLogDelivery(DefaultConsumer consumer, boolean breakOnFirstError, SharedDeliveries shared) {
        this.consumer = consumer;
        this.breakOnFirstError = breakOnFirstError;
        this.shared = shared;
    }

    /**
     * Delivers an entry in an exchange of its own.
     *
     * @param index its place in the batch
     * @param size  of the batch
     * @return whether it needs no further delivery
     */
    boolean deliver(AuditLogEntry entry, boolean late, int index, int size) {
        return switch (claim(entry)) {
            case DELIVERED -> true;
            case BUSY -> false;
            case MINE ->
                sentAsClaimed(
                        List.of(entry),
                        () -> sent(
                                "Entry " + entry.id(),
                                index,
                                size,
                                exchange -> AuditLogMessage.fill(exchange.getMessage(), entry, late)));
        };
    }

    /**
     * Delivers entries in one exchange, without those that another machine has delivered, and not beyond the first one that
     * another is at.
     *
     * @return how many of them, from the first one on, need no further delivery
     */
    int deliver(List<AuditLogEntry> entries, Predicate<AuditLogEntry> isLate) {
        List<AuditLogEntry> mine = new ArrayList<>(entries.size());
        int settled = 0;
        while (settled < entries.size()) {
            AuditLogEntry entry = entries.get(settled);
            SharedDeliveries.Claim claim = claim(entry);
            if (claim == SharedDeliveries.Claim.BUSY) {
                break;
            }
            if (claim == SharedDeliveries.Claim.MINE) {
                mine.add(entry);
            }
            settled++;
        }
        if (mine.isEmpty()) {
            return settled;
        }
        String name = "A batch of " + mine.size() + " entries, from entry "
                + mine.get(0).id() + " on,";
        boolean late = mine.stream().anyMatch(isLate);
        boolean done = sentAsClaimed(
                mine, () -> sent(name, 0, 1, exchange -> AuditLogMessage.fill(exchange.getMessage(), mine, late)));
        return done ? settled : 0;
    }

    private SharedDeliveries.Claim claim(AuditLogEntry entry) {
        if (shared == null || entry.id() == null) {
            return SharedDeliveries.Claim.MINE;
        }
        SharedDeliveries.Claim claim = shared.claim(entry.id());
        if (claim == SharedDeliveries.Claim.BUSY) {
            LOG.debug("Entry {} is being delivered by another machine", entry.id());
        }
        return claim;
    }

    private interface Sending {
        boolean isDone();
    }

    private boolean sentAsClaimed(List<AuditLogEntry> entries, Sending sending) {
        boolean done = false;
        try {
            done = sending.isDone();
        } finally {
            for (AuditLogEntry entry : entries) {
                settle(entry, done);
            }
        }
        return done;
    }

    private void settle(AuditLogEntry entry, boolean done) {
        if (shared == null || entry.id() == null) {
            return;
        }
        if (done) {
            shared.delivered(entry.id());
        } else {
            shared.failed(entry.id());
        }
    }

    /** A route does not throw: its exchange tells how it went. */
    private boolean sent(String name, int index, int size, Consumer<Exchange> content) {
        Exchange exchange = consumer.createExchange(false);
        try {
            exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, index);
            exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, size);
            exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, index == size - 1);
            content.accept(exchange);
            try {
                consumer.getProcessor().process(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            }
            return !(exchange.isFailed() || exchange.isRollbackOnly()) || isPassedOver(name, exchange);
        } finally {
            consumer.releaseExchange(exchange, false);
        }
    }

    private boolean isPassedOver(String name, Exchange exchange) {
        Exception failure = exchange.getException();
        if (breakOnFirstError) {
            LOG.warn(
                    "{} of {} was not delivered and comes again with the next poll: {}",
                    name,
                    consumer.getEndpoint(),
                    String.valueOf(failure));
            return false;
        }
        String message = name + " was not delivered and is passed over";
        if (consumer.getExceptionHandler() instanceof BridgeExceptionHandlerToErrorHandler) {
            // The route's error handler has had this exchange already.
            LOG.warn("{}: {}", message, String.valueOf(failure));
        } else {
            consumer.getExceptionHandler().handleException(message, exchange, failure);
        }
        return true;
    }
}
