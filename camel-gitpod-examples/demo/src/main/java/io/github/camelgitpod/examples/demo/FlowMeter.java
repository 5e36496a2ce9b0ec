package io.github.camelgitpod.examples.demo;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.model.AuditLogEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Counts what came out of the routes, by listening to Camel, so that the routes themselves hold nothing that a reader
 * would not want to copy.
 */
final class FlowMeter extends EventNotifierSupport {
    private static final int SHOWN = 3;

    private final InstantSource clock;
    private final Consumer<String> shown;
    private final long startMillis;
    private long entries;
    private long backlog;
    private long events;
    private long gaps;
    private long failures;
    private Instant first;
    private Instant last;
    private Instant backlogFrom;
    private Instant backlogTo;

    /**
     * @param clock also tells which entries were waiting already: those created before this call
     * @param shown gets a line of the first entries, and then of those that were not waiting
     */
    FlowMeter(InstantSource clock, Consumer<String> shown) {
        this.clock = clock;
        this.shown = shown;
        this.startMillis = clock.millis();
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeRedeliveryEvents(true);
        setIgnoreExchangeSendingEvents(true);
        setIgnoreExchangeSentEvents(true);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof CamelEvent.ExchangeCompletedEvent completed) {
            completed(completed.getExchange());
        } else if (event instanceof CamelEvent.ExchangeFailedEvent) {
            synchronized (this) {
                failures++;
            }
        }
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof ExchangeEvent;
    }

    /** What flowed until now. */
    synchronized Flow flow() {
        return new Flow(clock.instant(), entries, backlog, events, gaps, failures, first, last, backlogFrom, backlogTo);
    }

    private synchronized void completed(Exchange exchange) {
        Message message = exchange.getMessage();
        if (EventRoute.ID.equals(exchange.getFromRouteId())) {
            events++;
            gaps += message.getHeader(GitpodConstants.GAP_REASON) == null ? 0 : 1;
            return;
        }
        entries++;
        AuditLogEntry entry = message.getBody(AuditLogEntry.class);
        if (entry != null && (entries <= SHOWN || entry.createdAt().toEpochMilli() >= startMillis)) {
            shown.accept(EntryLine.of(message));
        }
        Long created = message.getHeader(GitpodConstants.MESSAGE_TIMESTAMP, Long.class);
        if (created != null) {
            last = Instant.ofEpochMilli(created);
            first = first == null ? last : first;
            if (created < startMillis) {
                backlog++;
                backlogTo = clock.instant();
                backlogFrom = backlogFrom == null ? backlogTo : backlogFrom;
            }
        }
    }
}
