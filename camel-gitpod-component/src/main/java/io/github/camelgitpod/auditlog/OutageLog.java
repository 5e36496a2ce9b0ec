package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.ListingGivenUpException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.LoggingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exception handler of a consumer whose route has none of its own. It logs as Camel's does, except what lasts, such as
 * a refused token or a listing that does not end: each poll fails with it, so that it is told once, in one line, and once more when it is over.
 */
final class OutageLog extends LoggingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);

    private final String name;
    /** What was told; null: nothing lasts. For the thread that polls. */
    private String told;

    /** @param name of what is read, for people */
    OutageLog(CamelContext context, String name) {
        super(context, AuditLogConsumer.class);
        this.name = name;
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable failure) {
        if (!isLasting(failure)) {
            super.handleException(message, exchange, failure);
            return;
        }
        if (!failure.getMessage().equals(told)) {
            LOG.warn("{} cannot be read: {}. It is tried again at growing intervals", name, failure.getMessage());
        }
        told = failure.getMessage();
    }

    private static boolean isLasting(Throwable failure) {
        return failure instanceof ListingGivenUpException
                || (failure.getCause() instanceof ApiException answer && answer.isLasting());
    }

    /** A poll has succeeded. */
    void over() {
        if (told != null) {
            LOG.info("{} is read again", name);
        }
        told = null;
    }
}
