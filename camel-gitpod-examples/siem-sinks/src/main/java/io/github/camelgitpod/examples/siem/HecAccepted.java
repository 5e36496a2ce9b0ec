package io.github.camelgitpod.examples.siem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Reads the answer to a request: Splunk has the events in memory, and under which number it will tell that they are indexed, the property {@code ackId}. */
public final class HecAccepted implements Processor {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public void process(Exchange exchange) throws IOException {
        JsonNode answer = MAPPER.readTree(exchange.getMessage().getBody(byte[].class));
        if (answer.path("code").asInt(-1) != 0) {
            throw new IOException(
                    "Splunk did not take the events: " + answer.path("text").asText());
        }
        if (!answer.has("ackId")) {
            throw new IOException("Splunk gave no ackId: the token needs indexer acknowledgement (useACK)");
        }
        exchange.setProperty("ackId", answer.path("ackId").asLong());
        exchange.removeProperty(HecAcknowledged.ASKED);
    }
}
