package io.github.camelgitpod.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonGeneratorImpl;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;
import java.io.Serializable;

/**
 * A body that has a JSON text, the server's own wherever there is one. In JSON, Jackson writes that text and not the fields;
 * in every other form (XML, YAML, a tree, a user's class), and where JSON is to be written in a special way, what the text
 * says. It can be serialized, and is equal to the original when it is read back.
 */
public sealed interface JsonBacked extends JsonSerializable, Serializable
        permits AuditLogEntry, GapBody, GitpodEvent, JsonBatch, JsonText {

    /** The text: exactly as the server sent it, or of what was made here what stands for it; never null. */
    JsonText json();

    @Override
    default void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
        if (takesText(generator)) {
            generator.writeRawValue(json().toString());
        } else {
            json().toTree().serialize(generator, provider);
        }
    }

    @Override
    default void serializeWithType(JsonGenerator generator, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        serialize(generator, provider);
    }

    /** Others of Jackson's generators write no JSON, or refuse text, and a printer or escapes would have no effect on it. */
    private static boolean takesText(JsonGenerator generator) {
        return generator instanceof JsonGeneratorImpl
                && generator.getPrettyPrinter() == null
                && generator.getCharacterEscapes() == null
                && generator.getHighestEscapedChar() == 0;
    }
}
