package io.github.camelgitpod;

import io.github.camelgitpod.client.GitpodEvent;
import io.github.camelgitpod.client.StreamLine;
import io.github.camelgitpod.event.StreamGap;
import io.github.camelgitpod.event.StreamListener;
import java.io.IOException;
import java.time.Duration;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.LoggingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people how a stream fares, and passes its events on. Each outage is told once. A failure goes to the exception
 * handler, where the route has a bridge or one of its own; all else is one line in the log, since a stack trace would say
 * nothing more. A server that ends the stream is no failure, but its gap is told too.
 */
final class EventReporter implements StreamListener {
    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

    private final DefaultConsumer consumer;
    private final EventDelivery delivery;
    private final String name;
    private boolean outageTold;
    private boolean skippedLineTold;

    /** @param name of the stream, for people; holds no secret */
    EventReporter(DefaultConsumer consumer, EventDelivery delivery, String name) {
        this.consumer = consumer;
        this.delivery = delivery;
        this.name = name;
    }

    @Override
    public void connected(StreamGap gap) {
        if (gap != null) {
            LOG.info(
                    "{} is open again after {} attempts: events from {} to {} may be missing ({})",
                    name,
                    gap.attempts(),
                    gap.from(),
                    gap.to(),
                    gap.reason());
        } else {
            LOG.info("{} is open", name);
        }
        outageTold = false;
        skippedLineTold = false;
    }

    @Override
    public void event(GitpodEvent event, StreamGap gap) {
        delivery.deliver(event, gap);
    }

    @Override
    public void skipped(StreamLine.Skipped line) {
        String message = name + ": a line of " + line.bytes() + " bytes was skipped: " + line.reason();
        if (skippedLineTold) {
            LOG.debug(message);
        } else {
            tell(message, new IOException(message));
            skippedLineTold = true;
        }
    }

    @Override
    public void disconnected(String reason, Exception cause, Duration wait) {
        String message = name + " is interrupted (" + reason + ")";
        if (outageTold) {
            LOG.debug("{}, next attempt in {} ms: {}", message, wait.toMillis(), textOf(cause));
        } else {
            tell(message, cause);
            outageTold = true;
        }
    }

    @Override
    public void gaveUp(Throwable cause) {
        tell(name + " ended for good; it can be started again when the cause is mended", cause);
    }

    private void tell(String message, Throwable cause) {
        boolean failure = cause != null;
        if (!failure || consumer.getExceptionHandler() instanceof LoggingExceptionHandler) {
            LOG.warn("{}: {}", message, textOf(cause));
            return;
        }
        try {
            consumer.getExceptionHandler()
                    .handleException(message, cause instanceof IOException io ? GitpodApiException.of(io) : cause);
        } catch (RuntimeException e) {
            LOG.warn("{}; and the exception handler failed", message, e);
        }
    }

    private static String textOf(Throwable cause) {
        return cause == null ? "the server ended the stream" : cause.toString();
    }
}
