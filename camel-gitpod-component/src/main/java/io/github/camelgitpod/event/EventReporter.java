package io.github.camelgitpod.event;

import io.github.camelgitpod.GitpodApiException;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.Durations;
import io.github.camelgitpod.client.FailureText;
import io.github.camelgitpod.client.ToldOnce;
import io.github.camelgitpod.event.stream.StreamListener;
import io.github.camelgitpod.health.HealthState;
import io.github.camelgitpod.model.GapReasons;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.model.StreamLine;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.LoggingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports how a stream is, each outage once. A failure goes to the exception handler, if the route has a bridge or one of
 * its own; all else is one line in the log, without a stack trace, which would say nothing more. When the server ends the
 * stream, that is not a failure, but it is reported all the same, because of the gap.
 */
final class EventReporter implements StreamListener {
    private static final Logger LOG = LoggerFactory.getLogger(EventReporter.class);

    private final String name;
    private final boolean oneOfMany;
    private final Supplier<ExceptionHandler> exceptionHandler;
    private final Consumer<Runnable> inOrder;
    private final Runnable onConnection;
    private final ToldOnce outage = new ToldOnce();
    /** Told since the last connection: many a refusal follows the end of a stream that was told as an interruption. */
    private final Set<HealthState> refusals = EnumSet.noneOf(HealthState.class);

    private final ToldOnce skippedLines = new ToldOnce();

    /**
     * @param name             of the stream, for people; has no secret
     * @param oneOfMany        whether it is the stream of one environment among all that there are
     * @param exceptionHandler gives that of the consumer
     * @param inOrder          has something done by the thread that delivers events: an exception handler may use the route
     * @param onConnection     run with each connection, and returns at once
     */
    EventReporter(
            String name,
            boolean oneOfMany,
            Supplier<ExceptionHandler> exceptionHandler,
            Consumer<Runnable> inOrder,
            Runnable onConnection) {
        this.name = name;
        this.oneOfMany = oneOfMany;
        this.exceptionHandler = exceptionHandler;
        this.inOrder = inOrder;
        this.onConnection = onConnection;
    }

    @Override
    public void connected(StreamGap gap) {
        onConnection.run();
        if (gap != null) {
            LOG.info(
                    "{} is open again at attempt {}: events from {} to {} may be missing ({})",
                    name,
                    gap.attempts(),
                    gap.from(),
                    gap.to(),
                    gap.reason());
        } else if (oneOfMany) {
            // All of them are told in one line.
            LOG.debug("{} is open", name);
        } else {
            LOG.info("{} is open", name);
        }
        outage.ends();
        refusals.clear();
        skippedLines.ends();
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
        if (skippedLines.begins()) {
            report(message, new IOException(message));
        } else {
            LOG.debug(message);
        }
    }

    @Override
    public void disconnected(String reason, Exception cause, Duration wait) {
        String message = name + " is interrupted (" + reason + ")";
        if (reason.equals(GapReasons.STALL)) {
            message += ": the route has taken no event for maxStall, while many are waiting";
        }
        if (cause instanceof ApiException answer && answer.retryAfter().isPresent()) {
            message += "; the next attempt is in " + Durations.text(wait);
        }
        if (isNews(cause)) {
            report(message, cause);
        } else {
            LOG.debug("{}, next attempt in {} ms: {}", message, wait.toMillis(), textOf(cause));
        }
    }

    private boolean isNews(Exception cause) {
        HealthState state = HealthState.after(cause);
        boolean refused = state != HealthState.UNREACHABLE && refusals.add(state);
        return outage.begins() || refused;
    }

    @Override
    public void gaveUp(Throwable cause) {
        report(name + " ended for good; it can be started again when the cause is fixed", cause);
    }

    private void report(String message, Throwable cause) {
        boolean failure = cause != null;
        if (!failure || exceptionHandler.get() instanceof LoggingExceptionHandler) {
            LOG.warn("{}: {}", message, textOf(cause));
            return;
        }
        inOrder.accept(() -> handle(message, cause instanceof IOException io ? GitpodApiException.of(io) : cause));
    }

    private void handle(String message, Throwable cause) {
        try {
            exceptionHandler.get().handleException(message, cause);
        } catch (RuntimeException | Error e) {
            LOG.warn("{}; and the exception handler failed", message, e);
        }
    }

    private static String textOf(Throwable cause) {
        return cause == null ? "the server ended the stream" : FailureText.of(cause);
    }
}
