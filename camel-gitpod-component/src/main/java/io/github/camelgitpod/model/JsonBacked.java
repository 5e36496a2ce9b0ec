package io.github.camelgitpod.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;

/** Something the server sent as a JSON object, whose text is kept: Jackson writes that text, not the fields. */
public sealed interface JsonBacked extends JsonSerializable permits AuditLogEntry, GitpodEvent {

    /** The object's text exactly as the server sent it; never null. */
    JsonText json();

    @Override
    default void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeRawValue(json().toString());
    }

    @Override
    default void serializeWithType(JsonGenerator generator, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        serialize(generator, provider);
    }
}
