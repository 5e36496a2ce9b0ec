package io.github.camelgitpod;

import io.github.camelgitpod.client.AuditLogEntry;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.support.BridgeExceptionHandlerToErrorHandler;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one entry through the route, and decides by how that went whether it needs to be sent again. */
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
     * Delivers an entry.
     *
     * @param index its place in the batch
     * @param size  of the batch
     * @return whether it needs no further delivery
     */
    boolean deliver(AuditLogEntry entry, boolean late, int index, int size) {
        if (shared == null || entry.id() == null) {
            return sent(entry, late, index, size);
        }
        return switch (shared.claim(entry.id())) {
            case DELIVERED -> true;
            case BUSY -> {
                LOG.debug("Entry {} is being delivered by another machine", entry.id());
                yield false;
            }
            case MINE -> sentAsClaimed(entry, late, index, size);
        };
    }

    private boolean sentAsClaimed(AuditLogEntry entry, boolean late, int index, int size) {
        boolean done = false;
        try {
            done = sent(entry, late, index, size);
        } finally {
            if (done) {
                shared.delivered(entry.id());
            } else {
                shared.failed(entry.id());
            }
        }
        return done;
    }

    /** A route does not throw: its exchange tells how it went. */
    private boolean sent(AuditLogEntry entry, boolean late, int index, int size) {
        Exchange exchange = consumer.createExchange(false);
        try {
            exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, index);
            exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, size);
            exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, index == size - 1);
            AuditLogMessage.fill(exchange.getMessage(), entry, late);
            try {
                consumer.getProcessor().process(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            }
            return !(exchange.isFailed() || exchange.isRollbackOnly()) || isPassedOver(entry, exchange);
        } finally {
            consumer.releaseExchange(exchange, false);
        }
    }

    private boolean isPassedOver(AuditLogEntry entry, Exchange exchange) {
        Exception failure = exchange.getException();
        if (breakOnFirstError) {
            LOG.warn(
                    "Entry {} of {} was not delivered and comes again with the next poll: {}",
                    entry.id(),
                    consumer.getEndpoint(),
                    String.valueOf(failure));
            return false;
        }
        String message = "Entry " + entry.id() + " was not delivered and is passed over";
        if (consumer.getExceptionHandler() instanceof BridgeExceptionHandlerToErrorHandler) {
            // The route's error handler has had this exchange already.
            LOG.warn("{}: {}", message, String.valueOf(failure));
        } else {
            consumer.getExceptionHandler().handleException(message, exchange, failure);
        }
        return true;
    }
}
