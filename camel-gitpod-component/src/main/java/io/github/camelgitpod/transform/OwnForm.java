package io.github.camelgitpod.transform;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camelgitpod.model.JsonBacked;
import java.io.IOException;

/** Entries and events as the server sent them, and gaps. */
final class OwnForm implements StreamForm {

    @Override
    public void write(JsonGenerator out, Object body, Surroundings surroundings) throws IOException {
        Json.writeLine(out, ((JsonBacked) body).json());
    }
}
