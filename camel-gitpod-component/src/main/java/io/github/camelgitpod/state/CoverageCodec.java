package io.github.camelgitpod.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.state.CoverageState.Doubt;
import io.github.camelgitpod.state.CoverageState.Span;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@link CoverageState} as JSON. */
final class CoverageCodec {
    private CoverageCodec() {}

    static ObjectNode encode(CoverageState state) {
        ObjectNode root = StateJson.MAPPER.createObjectNode().put("forgotten", state.forgotten());
        state.spans().forEach(span -> encode(span, root.withArray("spans").addObject()));
        return root;
    }

    private static void encode(Span span, ObjectNode node) {
        node.put("from", span.from().toString())
                .put("until", span.until().toString())
                .put("begunAt", span.begunAt().toString())
                .put("why", span.why())
                .put("entries", span.entries())
                .put("late", span.late())
                .put("beyondLookback", span.beyondLookback())
                .put("duplicates", span.dropped())
                .put("passedOver", span.passedOver())
                .put("olderServer", span.olderServer());
        if (!span.lastPassedOver().isEmpty()) {
            ObjectNode last = node.putObject("lastPassedOver");
            span.lastPassedOver().forEach((key, createdAt) -> last.put(key, createdAt));
        }
        if (span.clocks() != null) {
            node.putObject("clocks")
                    .put("from", span.clocks().from().toString())
                    .put("to", span.clocks().to().toString())
                    .put("text", span.clocks().text());
        }
    }

    /**
     * @return null: there is none, as in what earlier versions stored
     * @throws DateTimeException when a time in it is none
     */
    static CoverageState decode(JsonNode root) {
        List<Span> spans = new ArrayList<>();
        root.path("spans").forEach(span -> spans.add(decodeSpan(span)));
        return spans.isEmpty()
                ? null
                : new CoverageState(spans, root.path("forgotten").asLong());
    }

    private static Span decodeSpan(JsonNode node) {
        Map<String, String> passedOver = new LinkedHashMap<>();
        node.path("lastPassedOver")
                .properties()
                .forEach(
                        entry -> passedOver.put(entry.getKey(), entry.getValue().asText(null)));
        JsonNode clocks = node.path("clocks");
        return new Span(
                time(node, "from"),
                time(node, "until"),
                time(node, "begunAt"),
                node.path("why").asText(),
                node.path("entries").asLong(),
                node.path("late").asLong(),
                node.path("beyondLookback").asLong(),
                // Not "dropped", which earlier versions wrote: there each read of the lookback counted.
                node.path("duplicates").asLong(),
                node.path("passedOver").asLong(),
                passedOver,
                node.path("olderServer").asBoolean(),
                clocks.isObject()
                        ? new Doubt(
                                time(clocks, "from"),
                                time(clocks, "to"),
                                clocks.path("text").asText())
                        : null);
    }

    private static Instant time(JsonNode node, String field) {
        return Instant.parse(node.path(field).asText());
    }
}
