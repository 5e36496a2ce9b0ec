package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.GitpodApiException;
import io.github.camelgitpod.auditlog.reader.CursorAheadException;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.ListingGivenUpException;
import io.github.camelgitpod.health.HealthState;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.LoggingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exception handler of a consumer whose route has none of its own. A failure of a poll is reported once, and once more when it is
 * over, however often the consumer polls meanwhile; one of the network or the server in one line. Failures of exchanges are logged
 * as Camel's handler does.
 */
final class OutageLog extends LoggingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);

    /** More kinds of failure than an outage has, unless their texts never repeat. */
    private static final int MOST_REPORTED = 20;

    private final String name;
    /** Since the last poll that succeeded. For the thread that polls. */
    private final Set<String> reported = new HashSet<>();

    /** @param name of what is read, for people */
    OutageLog(CamelContext context, String name) {
        super(context, OutageLog.class);
        this.name = name;
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable failure) {
        if (exchange != null) {
            super.handleException(message, exchange, failure);
            return;
        }
        String what = failure instanceof GitpodApiException || failure instanceof CursorAheadException
                ? failure.getMessage()
                : failure.toString();
        if (HealthState.after(failure.getCause()) == HealthState.THROTTLED) {
            // No outage: what health says of it is in the log.
            LOG.debug("{} cannot be read now: {}", name, what);
        } else if (reported.size() == MOST_REPORTED || !reported.add(what)) {
            LOG.debug("{} still cannot be read: {}", name, what);
        } else if (failure instanceof IOException || failure instanceof CursorAheadException) {
            LOG.warn(
                    "{} cannot be read: {}. It is tried again {}",
                    name,
                    what,
                    isLasting(failure) ? "at growing intervals" : "with each poll");
            LOG.debug("The failure of {}", name, failure);
        } else {
            super.handleException(message, null, failure);
        }
    }

    private static boolean isLasting(Throwable failure) {
        return failure instanceof ListingGivenUpException
                || (failure.getCause() instanceof ApiException answer && answer.isLasting());
    }

    /** A poll has succeeded. */
    void over() {
        if (!reported.isEmpty()) {
            LOG.info("{} is read again", name);
        }
        reported.clear();
    }
}
