package io.github.camelgitpod.examples.siem;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Notes in the property {@code bulk} what the answer in the body says of each document. */
public final class BulkAnswer implements Processor {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public void process(Exchange exchange) throws IOException {
        exchange.getProperty("bulk", Bulk.class)
                .answered(MAPPER.readTree(exchange.getMessage().getBody(byte[].class)));
        HttpRequests.post(exchange.getMessage(), "application/x-ndjson");
    }
}
