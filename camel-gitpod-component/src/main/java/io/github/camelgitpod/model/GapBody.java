package io.github.camelgitpod.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** What tells of a gap, as an object of JSON: its times are RFC 3339 texts. */
public sealed interface GapBody extends JsonBacked permits StreamGap, ClosedGap {

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
        return JsonNodeFactory.instance
                .objectNode()
                .put("from", from().toString())
                .put("to", to().toString())
                .put("reason", reason())
                .put("attempts", attempts());
    }

    /** The text of that object. */
    @Override
    default JsonText json() {
        return JsonText.of(toJson().toString());
    }
}
