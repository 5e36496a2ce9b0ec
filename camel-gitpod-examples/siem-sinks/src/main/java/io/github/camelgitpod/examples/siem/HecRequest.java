package io.github.camelgitpod.examples.siem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Makes a request to Splunk's HTTP Event Collector of OCSF events, one a line: each in an envelope with its time, as it is. */
public final class HecRequest implements Processor {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public void process(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        List<String> events = message.getBody(String.class).lines().toList();
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        try (JsonGenerator out = new JsonFactory().createGenerator(request)) {
            for (String event : events) {
                out.writeStartObject();
                // Seconds, with milliseconds as decimals.
                out.writeNumberField(
                        "time",
                        BigDecimal.valueOf(MAPPER.readTree(event).path("time").asLong(), 3));
                out.writeStringField("source", "gitpod");
                out.writeStringField("sourcetype", "gitpod_audit_ocsf");
                out.writeFieldName("event");
                out.writeRawValue(event);
                out.writeEndObject();
            }
        }
        message.setBody(request.toByteArray());
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    }
}
