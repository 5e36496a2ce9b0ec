package io.github.camelgitpod.transform;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;

/** How one entry is written, and what stands around the entries of a message. For several threads. */
interface Form {
    /** Whether it can write that. */
    default boolean takes(Object body) {
        return body instanceof AuditLogEntry;
    }

    /** What {@link #takes} accepts, for people. */
    default String taken() {
        return "an audit-log entry, or a list or listing of such";
    }

    /** Writes one entry, event or gap as one value. */
    void write(JsonGenerator out, Object body, Surroundings surroundings) throws IOException;

    /** Writes what stands before the first value. */
    default void begin(JsonGenerator out, boolean several, Surroundings surroundings) throws IOException {
        if (several) {
            out.writeStartArray();
        }
    }

    /** Writes what stands behind the last value. */
    default void end(JsonGenerator out, boolean several) throws IOException {
        if (several) {
            out.writeEndArray();
        }
    }

    /** The media type of a message in this form. */
    default String contentType(boolean several) {
        return "application/json";
    }
}
