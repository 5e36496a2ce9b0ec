package io.github.camelgitpod.examples.siem;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Reads whether the events are indexed; then the property {@code ackId} goes. A Splunk that was restarted will never say so. */
public final class HecAcknowledged implements Processor {
    static final String ASKED = "asked";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private int questions;

    /** How often to ask before the events are taken for lost. */
    public void setQuestions(int questions) {
        this.questions = questions;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        String ackId = exchange.getProperty("ackId", String.class);
        boolean indexed = MAPPER.readTree(exchange.getMessage().getBody(byte[].class))
                .path("acks")
                .path(ackId)
                .asBoolean();
        int asked = exchange.getProperty(ASKED, 0, int.class) + 1;
        exchange.setProperty(ASKED, asked);
        if (indexed) {
            exchange.removeProperty("ackId");
        } else if (asked >= questions) {
            throw new IOException("Splunk has not indexed request " + ackId + " after " + asked + " questions");
        }
    }
}
