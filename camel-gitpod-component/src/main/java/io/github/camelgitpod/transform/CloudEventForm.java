package io.github.camelgitpod.transform;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camelgitpod.model.JsonBacked;
import java.io.IOException;
import java.util.Map;

/** CloudEvents 1.0 in the structured mode; several as a batch. The data is the entry as a JSON value, as it was sent. */
final class CloudEventForm implements StreamForm {
    private final CloudEventAttributes attributes;

    CloudEventForm(CloudEventAttributes attributes) {
        this.attributes = attributes;
    }

    @Override
    public void write(JsonGenerator out, Object body, Surroundings surroundings) throws IOException {
        Map<String, Object> known = attributes.of(body, surroundings);
        out.writeStartObject();
        for (Map.Entry<String, Object> attribute : known.entrySet()) {
            out.writeObjectField(attribute.getKey(), attribute.getValue());
        }
        out.writeFieldName("data");
        out.writeRawValue(((JsonBacked) body).json().toString());
        out.writeEndObject();
    }

    @Override
    public String contentType(boolean several) {
        return several ? "application/cloudevents-batch+json" : "application/cloudevents+json";
    }
}
