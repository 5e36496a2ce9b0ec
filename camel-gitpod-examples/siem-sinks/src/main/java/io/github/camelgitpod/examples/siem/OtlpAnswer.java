package io.github.camelgitpod.examples.siem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the answer to a logs request, which can be 200 though records were rejected. Which ones, it does not tell. */
public final class OtlpAnswer implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(OtlpAnswer.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public void process(Exchange exchange) throws IOException {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        JsonNode partial = body == null || body.length == 0
                ? MAPPER.missingNode()
                : MAPPER.readTree(body).path("partialSuccess");
        // A 64-bit number: text in protobuf's JSON.
        long rejected = partial.path("rejectedLogRecords").asLong();
        String message = partial.path("errorMessage").asText();
        if (rejected > 0) {
            throw new IOException("The collector rejected " + rejected + " records: " + message);
        }
        if (!message.isEmpty()) {
            LOG.warn("The collector took all records, and says: {}", message);
        }
    }
}
