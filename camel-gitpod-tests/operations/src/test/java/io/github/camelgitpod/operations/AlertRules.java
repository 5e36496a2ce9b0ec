package io.github.camelgitpod.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The file of alert rules for Prometheus. */
final class AlertRules {
    static final Path FILE = Path.of("../../src-docs/modules/ROOT/attachments/gitpod-alerts.yaml");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final JsonNode file = read(FILE);

    /** One alert. */
    record Alert(JsonNode rule) {
        String name() {
            return rule.path("alert").asText();
        }

        String expression() {
            return rule.path("expr").asText();
        }

        /** Empty: at once. */
        String after() {
            return rule.path("for").asText();
        }

        String severity() {
            return rule.path("labels").path("severity").asText();
        }

        String annotation(String name) {
            return rule.path("annotations").path(name).asText();
        }
    }

    static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    List<Alert> all() {
        return StreamSupport.stream(file.path("groups").spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false))
                .map(Alert::new)
                .toList();
    }

    /** Writes them with the summary as their only annotation: a unit test of promtool has to repeat all that there are. */
    void writeWithSummaries(Path to) throws IOException {
        JsonNode copy = file.deepCopy();
        copy.findValues("annotations").forEach(annotations -> ((ObjectNode) annotations).retain(Set.of("summary")));
        YAML.writeValue(to.toFile(), copy);
    }
}
