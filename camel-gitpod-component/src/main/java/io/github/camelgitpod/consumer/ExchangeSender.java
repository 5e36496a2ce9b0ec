package io.github.camelgitpod.consumer;

import io.github.camelgitpod.GitpodOrigin;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.RollbackExchangeException;
import org.apache.camel.support.BridgeExceptionHandlerToErrorHandler;
import org.apache.camel.support.DefaultConsumer;

/** Sends exchanges through a consumer's route, and waits for each to be completed. */
public final class ExchangeSender {
    private final DefaultConsumer consumer;
    private final String host;

    public ExchangeSender(DefaultConsumer consumer) {
        this.consumer = consumer;
        this.host = GitpodOrigin.host(consumer.getEndpoint());
    }

    /**
     * Sends one exchange. A route does not throw: the exchange holds its failure.
     *
     * @param content fills the exchange
     * @param outcome looks at the completed exchange, which goes back to its pool afterwards
     * @return what {@code outcome} says
     */
    public boolean send(Consumer<Exchange> content, Predicate<Exchange> outcome) {
        Exchange exchange = consumer.createExchange(false);
        try {
            Instant created = Instant.ofEpochMilli(exchange.getClock().getCreated());
            exchange.setProperty(GitpodOrigin.PROPERTY, new GitpodOrigin(host, created));
            content.accept(exchange);
            try {
                consumer.getProcessor().process(exchange);
            } catch (Exception | Error e) {
                // An error of one exchange is a failure like another: the next one may well succeed.
                exchange.setException(e);
            }
            return outcome.test(exchange);
        } finally {
            consumer.releaseExchange(exchange, false);
        }
    }

    /** Whether a completed exchange did not do its work: it has an exception, or a route has marked it for rollback. */
    public static boolean isFailed(Exchange exchange) {
        return exchange.isFailed() || exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
    }

    /** Why it failed. A mark for rollback is no exception: one is made of it, which Camel logs without a stack trace. */
    public static Throwable failure(Exchange exchange) {
        return exchange.getException() != null ? exchange.getException() : new RollbackExchangeException(exchange);
    }

    /**
     * Gives the exchange's failure to the consumer's exception handler, unless that is a bridge to the route's error handler,
     * which has had this exchange already.
     *
     * @return whether it was given to the handler
     */
    public boolean report(String message, Exchange exchange) {
        if (consumer.getExceptionHandler() instanceof BridgeExceptionHandlerToErrorHandler) {
            return false;
        }
        consumer.getExceptionHandler().handleException(message, exchange, failure(exchange));
        return true;
    }
}
