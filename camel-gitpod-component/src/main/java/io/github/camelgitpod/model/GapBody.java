package io.github.camelgitpod.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;

/** What tells of a gap, as an object of JSON: its times are RFC 3339 texts. */
public sealed interface GapBody extends JsonSerializable permits StreamGap, ClosedGap {

    /** As of a {@link StreamGap}. */
    Instant from();

    /** As of a {@link StreamGap}. */
    Instant to();

    /** As of a {@link StreamGap}. */
    String reason();

    /** As of a {@link StreamGap}. */
    int attempts();

    /** A new object with all fields. */
    default ObjectNode toJson() {
        return new ObjectMapper()
                .createObjectNode()
                .put("from", from().toString())
                .put("to", to().toString())
                .put("reason", reason())
                .put("attempts", attempts());
    }

    @Override
    default void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeTree(toJson());
    }

    @Override
    default void serializeWithType(JsonGenerator generator, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        serialize(generator, provider);
    }
}
