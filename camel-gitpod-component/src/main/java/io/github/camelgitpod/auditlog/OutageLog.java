package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.GitpodApiException;
import io.github.camelgitpod.auditlog.reader.RefusedCursorException;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.FailureText;
import io.github.camelgitpod.client.ListingGivenUpException;
import io.github.camelgitpod.model.ShownText;
import io.github.camelgitpod.option.OptionException;
import io.github.camelgitpod.state.StateUnavailableException;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.LoggingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exception handler of a consumer whose route has none of its own. A failure of a poll is reported once, and once more when it is
 * over, however often the consumer polls meanwhile; one of the network, the server or the place of the state in one line. Failures of exchanges are logged
 * as Camel's handler does.
 */
final class OutageLog extends LoggingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);

    /** More kinds of failure than an outage has, unless their texts never repeat. */
    private static final int MOST_REPORTED = 20;

    private final Supplier<String> name;
    private final InstantSource clock;
    /** Since the last poll that succeeded. For the thread that polls. */
    private final Set<String> reported = new HashSet<>();

    /**
     * @param name  of what is read, for people
     * @param clock this machine's
     */
    OutageLog(CamelContext context, Supplier<String> name, InstantSource clock) {
        super(context, OutageLog.class);
        this.name = name;
        this.clock = clock;
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable failure) {
        if (exchange != null) {
            super.handleException(message, exchange, failure);
            return;
        }
        boolean refused = failure instanceof RefusedCursorException || failure instanceof OptionException;
        boolean place = failure instanceof StateUnavailableException;
        String what = refused || failure instanceof GitpodApiException ? failure.getMessage() : FailureText.of(failure);
        if (place) {
            what = ShownText.of(failure.getMessage());
        }
        // What a database or a broker says of one outage differs from poll to poll.
        if (reported.size() == MOST_REPORTED
                || !reported.add(place ? failure.getClass().getName() : what)) {
            LOG.debug("{} still cannot be read: {}", name.get(), what);
        } else if (failure instanceof IOException || refused || place) {
            LOG.warn("{} cannot be read: {}. It is tried again {}", name.get(), what, next(failure));
            LOG.debug("The failure of {}", name.get(), failure);
        } else {
            super.handleException(message, null, failure);
        }
    }

    private String next(Throwable failure) {
        if (failure instanceof ListingGivenUpException) {
            return "at growing intervals";
        }
        if (!(failure instanceof GitpodApiException known)) {
            return "with each poll";
        }
        ApiException answer = new ApiException(
                known.getHttpResponseCode(),
                known.getCode().orElse(null),
                known.getMessage(),
                known.getRetryAfter().orElse(null));
        if (answer.isLasting() || answer.isRequestRefused()) {
            return "at growing intervals";
        }
        return answer.retryAfter()
                .map(wait -> "after " + clock.instant().plus(wait).truncatedTo(ChronoUnit.SECONDS)
                        + ": before, the server wants no request")
                .orElse("with each poll");
    }

    /** A poll has succeeded. */
    void over() {
        if (!reported.isEmpty()) {
            LOG.info("{} is read again", name.get());
        }
        reported.clear();
    }
}
