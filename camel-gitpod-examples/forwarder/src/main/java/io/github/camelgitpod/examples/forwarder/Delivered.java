package io.github.camelgitpod.examples.forwarder;

import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;

/** Takes note of each entry when the sink has taken it, and of what the sink refused. */
final class Delivered implements Processor {
    private final Consumer<AuditLogEntry> witness;
    private volatile long count;
    private volatile Instant first;
    private volatile Instant last;
    private volatile Throwable refusal;

    /** @param witness is shown each entry, in the order in which the sink has taken them */
    Delivered(Consumer<AuditLogEntry> witness) {
        this.witness = witness;
    }

    @Override
    public void process(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        List<?> entries = body instanceof List<?> batch ? batch : List.of(body);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onComplete(Exchange done) {
                String aside = done.getProperty("refused", String.class);
                if (aside != null) {
                    refusal = new IOException("entries were refused for good, see " + aside);
                }
                entries.forEach(entry -> taken((AuditLogEntry) entry));
            }

            @Override
            public void onFailure(Exchange failed) {
                refusal = failed.getException();
            }
        });
    }

    private void taken(AuditLogEntry entry) {
        count++;
        Instant created = entry.createdAt();
        if (created != null) {
            first = first == null || created.isBefore(first) ? created : first;
            last = last == null || created.isAfter(last) ? created : last;
        }
        witness.accept(entry);
    }

    long count() {
        return count;
    }

    /** Why the sink did not take something; null: it took all. */
    Throwable refusal() {
        return refusal;
    }

    @Override
    public String toString() {
        return "%,d entries%s"
                .formatted(count, first == null ? "" : ", the first of " + first + ", the last of " + last);
    }
}
