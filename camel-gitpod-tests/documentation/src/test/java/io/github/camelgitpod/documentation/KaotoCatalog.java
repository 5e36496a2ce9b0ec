package io.github.camelgitpod.documentation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.kamelet.KameletFile;
import java.io.IOException;
import java.util.List;

/**
 * The component and the Kamelets as the files of Kaoto's catalog have them: by name, each as Camel has it, and with the schema of the form in
 * which a user fills in its options.
 */
final class KaotoCatalog {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String DIALECT = "http://json-schema.org/draft-07/schema#";
    private static final List<String> FIELDS = List.of("type", "title", "description", "format", "default", "enum");

    /** The default of a Kamelet's property that has none. */
    private static final String UNSET = "{{?camel.gitpod.unset}}";

    private KaotoCatalog() {}

    /** @param component as {@code gitpod.json} */
    static String of(JsonNode component, List<String> kamelets) throws IOException {
        ObjectNode catalog = JSON.createObjectNode();
        ObjectNode ours = catalog.putObject("components").putObject("gitpod");
        ours.setAll((ObjectNode) component);
        ours.set("propertiesSchema", endpointForm(component.path("properties")));
        for (String name : kamelets) {
            JsonNode content = KameletFile.named(name).content();
            ObjectNode kamelet = catalog.withObjectProperty("kamelets").putObject(name);
            kamelet.setAll((ObjectNode) content);
            kamelet.set("propertiesSchema", kameletForm(content.at("/spec/definition")));
        }
        return JSON.writeValueAsString(catalog) + "\n";
    }

    /** Of the options of an endpoint, the path's among them. */
    private static ObjectNode endpointForm(JsonNode options) {
        ObjectNode schema = JSON.createObjectNode().put("$schema", DIALECT).put("type", "object");
        ObjectNode fields = schema.putObject("properties");
        options.properties().forEach(option -> {
            fields.set(option.getKey(), field(option.getValue()));
            if (option.getValue().path("required").asBoolean()) {
                schema.withArrayProperty("required").add(option.getKey());
            }
        });
        return schema;
    }

    private static ObjectNode kameletForm(JsonNode definition) {
        ObjectNode schema = JSON.createObjectNode().put("$schema", DIALECT).put("type", "object");
        schema.set("title", definition.path("title"));
        schema.set("description", definition.path("description"));
        ObjectNode fields = schema.putObject("properties");
        definition.path("properties").properties().forEach(property -> {
            ObjectNode field = ((ObjectNode) property.getValue()).deepCopy().retain(FIELDS);
            if (field.path("default").asText().equals(UNSET)) {
                field.remove("default");
            }
            fields.set(property.getKey(), field);
        });
        return schema;
    }

    private static ObjectNode field(JsonNode option) {
        String type = option.path("type").asText();
        ObjectNode field = JSON.createObjectNode();
        field.set("title", option.path("displayName"));
        field.set("description", option.path("description"));
        field.put("type", List.of("boolean", "integer", "number").contains(type) ? type : "string");
        field.put("$comment", "group:" + option.path("group").asText());
        if (option.path("secret").asBoolean()) {
            field.put("format", "password");
        } else if (type.equals("object")) {
            field.put("format", "bean:" + option.path("javaType").asText());
        } else if (type.equals("duration")) {
            field.put("format", "duration");
        }
        if (option.has("defaultValue")) {
            field.set("default", option.path("defaultValue"));
        }
        if (option.has("enum")) {
            field.set("enum", option.path("enum"));
        }
        return field;
    }
}
