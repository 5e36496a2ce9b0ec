package io.github.camelgitpod.springboot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.util.StringUtils;

/** What editors are told of the starter's properties, made from the JSON that Camel's plugin generates for the component. */
final class OptionMetadata {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String PREFIX = "camel.component.gitpod";
    private static final Map<String, String> BOXED =
            Map.of("boolean", "java.lang.Boolean", "int", "java.lang.Integer", "long", "java.lang.Long");

    private final JsonNode options;

    private OptionMetadata(JsonNode options) {
        this.options = options;
    }

    /** @param json the component's */
    static OptionMetadata of(InputStream json) throws IOException {
        return new OptionMetadata(new ObjectMapper().readTree(json).path("componentProperties"));
    }

    /** The component's options by name, with the names of their Java types as the starter should have them. */
    Map<String, String> types() {
        Map<String, String> types = new TreeMap<>();
        options.properties().forEach(option -> types.put(option.getKey(), type(option.getValue())));
        return types;
    }

    /** The whole of {@code META-INF/spring-configuration-metadata.json}. */
    String toJson() throws IOException {
        String source = GitpodComponentConfiguration.class.getName();
        ObjectNode metadata = JSON.createObjectNode();
        metadata.putArray("groups")
                .addObject()
                .put("name", PREFIX)
                .put("type", source)
                .put("sourceType", source);
        Map<String, ObjectNode> properties = new TreeMap<>();
        options.properties()
                .forEach(
                        option -> add(properties, dashed(option.getKey()), type(option.getValue()), option.getValue()));
        for (String property : new String[] {"enabled", "customizer.enabled"}) {
            ObjectNode texts = JSON.createObjectNode()
                    .put("description", "Whether these properties are set on the component.")
                    .put("defaultValue", true);
            add(properties, property, "java.lang.Boolean", texts);
        }
        metadata.putArray("properties").addAll(properties.values());
        return JSON.writeValueAsString(metadata) + "\n";
    }

    /** What to add to the class when it lacks an option. */
    static String javaOf(String name, String type) {
        return """
                    private %1$s %2$s;

                    public %1$s get%3$s() {
                        return %2$s;
                    }

                    public void set%3$s(%1$s %2$s) {
                        this.%2$s = %2$s;
                    }
                """.formatted(type.substring(type.lastIndexOf('.') + 1), name, StringUtils.capitalize(name));
    }

    private static void add(Map<String, ObjectNode> properties, String name, String type, JsonNode texts) {
        ObjectNode property = JSON.createObjectNode()
                .put("name", PREFIX + "." + name)
                .put("type", type)
                .put("description", texts.path("description").asText())
                .put("sourceType", GitpodComponentConfiguration.class.getName());
        if (texts.has("defaultValue")) {
            property.set("defaultValue", texts.path("defaultValue"));
        }
        if (texts.path("deprecated").asBoolean()) {
            property.put("deprecated", true);
        }
        properties.put(name, property);
    }

    /** Durations stay texts, so that 1m30s works, too. */
    private static String type(JsonNode option) {
        String type = option.path("javaType").asText();
        return option.path("type").asText().equals("duration") ? "java.lang.String" : BOXED.getOrDefault(type, type);
    }

    private static String dashed(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
