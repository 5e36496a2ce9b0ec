package io.github.camelgitpod.transform;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camelgitpod.model.GapBody;
import io.github.camelgitpod.model.JsonBacked;
import java.io.IOException;

/** Entries and events as the server sent them. */
final class OwnForm implements Form {

    @Override
    public boolean takes(Object body) {
        return Form.super.takes(body) || Form.isOfStream(body);
    }

    @Override
    public String taken() {
        return ENTRIES_AND_EVENTS;
    }

    @Override
    public void write(JsonGenerator out, Object body, Surroundings surroundings) throws IOException {
        if (body instanceof GapBody gap) {
            out.writeTree(gap.toJson());
        } else {
            Json.writeLine(out, ((JsonBacked) body).json());
        }
    }
}
