package io.github.camelgitpod.examples.siem;

import io.github.camelgitpod.model.AuditLogEntry;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes a bulk request of the ECS documents in the body, one a line, and of the entries that they were made of, the property
 * {@code entries}. The request is the property {@code bulk}.
 */
public final class BulkRequest implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        List<AuditLogEntry> entries = exchange.getProperty("entries", List.class);
        List<String> documents = message.getBody(String.class).lines().toList();
        exchange.setProperty("bulk", new Bulk(entries, documents));
        HttpRequests.post(message, "application/x-ndjson");
    }
}
