package io.github.camelgitpod.event;

import io.github.camelgitpod.GitpodApiException;
import io.github.camelgitpod.event.stream.StreamListener;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.model.StreamLine;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.LoggingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people how a stream fares. Each outage is told once. A failure goes to the exception
 * handler, where the route has a bridge or one of its own; all else is one line in the log, since a stack trace would say
 * nothing more. A server that ends the stream is no failure, but its gap is told too.
 */
final class EventReporter implements StreamListener {
    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

    private final DefaultConsumer consumer;
    private final String name;
    private final Consumer<Runnable> inOrder;
    private boolean outageTold;
    private boolean skippedLineTold;

    /**
     * @param name    of the stream, for people; holds no secret
     * @param inOrder has something done by the thread that delivers events: an exception handler may use the route
     */
    EventReporter(DefaultConsumer consumer, String name, Consumer<Runnable> inOrder) {
        this.consumer = consumer;
        this.name = name;
        this.inOrder = inOrder;
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
    public void renewed(String why, StreamGap gap) {
        if (gap == null) {
            LOG.debug("{} has a new connection ({}), and nothing was missed", name, why);
        } else {
            LOG.info(
                    "{} has a new connection, and the old one was dead: events from {} to {} may be missing ({})",
                    name,
                    gap.from(),
                    gap.to(),
                    gap.reason());
        }
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
        if (reason.equals("stall")) {
            message += ": the route has taken no event for maxStall, while many are waiting";
        }
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
        inOrder.accept(() -> handle(message, cause instanceof IOException io ? GitpodApiException.of(io) : cause));
    }

    private void handle(String message, Throwable cause) {
        try {
            consumer.getExceptionHandler().handleException(message, cause);
        } catch (RuntimeException e) {
            LOG.warn("{}; and the exception handler failed", message, e);
        }
    }

    private static String textOf(Throwable cause) {
        return cause == null ? "the server ended the stream" : cause.toString();
    }
}
