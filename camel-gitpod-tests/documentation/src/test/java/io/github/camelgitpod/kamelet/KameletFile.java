package io.github.camelgitpod.kamelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Kamelet as Camel finds it on the class path.
 *
 * @param name    of the file, without {@code .kamelet.yaml}
 * @param content parsed
 */
public record KameletFile(String name, JsonNode content) {
    /** The component's Kamelets. */
    static final List<String> OURS = List.of("gitpod-audit-logs-source", "gitpod-events-source");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** @throws FileNotFoundException when there is no such Kamelet */
    public static KameletFile named(String name) throws IOException {
        String resource = "kamelets/" + name + ".kamelet.yaml";
        try (InputStream in = KameletFile.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource);
            }
            return new KameletFile(name, YAML.readTree(in));
        }
    }

    /** What a user can set, by name. */
    public Map<String, JsonNode> properties() {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        definition().path("properties").properties().forEach(each -> properties.put(each.getKey(), each.getValue()));
        return properties;
    }

    JsonNode definition() {
        return content.path("spec").path("definition");
    }

    JsonNode template() {
        return content.path("spec").path("template");
    }

    JsonNode dataTypesOut() {
        return content.path("spec").path("dataTypes").path("out");
    }

    String annotation(String key) {
        return content.path("metadata")
                .path("annotations")
                .path("camel.apache.org/" + key)
                .asText();
    }
}
