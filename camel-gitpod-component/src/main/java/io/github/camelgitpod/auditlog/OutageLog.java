package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.auditlog.reader.CursorAheadException;
import io.github.camelgitpod.client.ApiException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.LoggingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exception handler of a consumer whose route has none of its own. It logs as Camel's does, except what lasts, such as
 * a refused token: each poll fails with it, so that it is told once, in one line, and once more when it is over.
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
        if (failure.getCause() instanceof ApiException answer && answer.isLasting()) {
            tell(answer.getMessage() + ". It is tried again at growing intervals");
        } else if (failure instanceof CursorAheadException) {
            tell(failure.getMessage());
        } else {
            super.handleException(message, exchange, failure);
        }
    }

    private void tell(String what) {
        if (!what.equals(told)) {
            LOG.warn("{} cannot be read: {}", name, what);
        }
        told = what;
    }

    /** A poll has succeeded. */
    void over() {
        if (told != null) {
            LOG.info("{} is read again", name);
        }
        told = null;
    }
}
