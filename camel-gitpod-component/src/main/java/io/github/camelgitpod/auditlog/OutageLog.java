package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.client.ApiException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.LoggingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exception handler of a consumer whose route has none of its own. It logs as Camel's does, except what lasts, such as
 * a refused token: each poll fails with it, so that it is reported once, in one line, and once more when it is over.
 */
final class OutageLog extends LoggingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);

    private final String name;
    /** What was reported; null: nothing lasts. For the thread that polls. */
    private String reported;

    /** @param name of what is read, for people */
    OutageLog(CamelContext context, String name) {
        super(context, OutageLog.class);
        this.name = name;
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable failure) {
        if (!(failure.getCause() instanceof ApiException answer && answer.isLasting())) {
            super.handleException(message, exchange, failure);
            return;
        }
        if (!answer.getMessage().equals(reported)) {
            LOG.warn("{} cannot be read: {}. It is tried again at growing intervals", name, answer.getMessage());
        }
        reported = answer.getMessage();
    }

    /** A poll has succeeded. */
    void over() {
        if (reported != null) {
            LOG.info("{} is read again", name);
        }
        reported = null;
    }
}
