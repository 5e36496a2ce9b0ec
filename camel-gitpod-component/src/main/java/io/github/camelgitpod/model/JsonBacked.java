package io.github.camelgitpod.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;

/**
 * Something with the text of a JSON object, which is the server's own, or of an event that was made here what stands for it.
 * Jackson writes that text, not the fields.
 */
public sealed interface JsonBacked extends JsonSerializable permits AuditLogEntry, GitpodEvent {

    /** The object's text: exactly as the server sent it, or of an event that was made here what stands for it; never null. */
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
