package io.github.camelgitpod.kamelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** The schemas that Camel publishes: of a Kamelet, as Kubernetes takes it, and of routes in YAML. */
final class KameletSchemas {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4);

    private static final JsonSchema KAMELET = SCHEMAS.getSchema(kamelet());
    private static final JsonSchema ROUTES = SCHEMAS.getSchema(read(new ObjectMapper(), "schema/camelYamlDsl.json"));

    private KameletSchemas() {}

    /** What the schemas say against a Kamelet and its template; empty: nothing. */
    static List<String> violations(KameletFile file) {
        // A file of routes is a list of what a template has as members.
        ArrayNode template = new ObjectMapper().createArrayNode();
        file.template().properties().forEach(member -> template.addObject().set(member.getKey(), member.getValue()));
        return Stream.concat(KAMELET.validate(file.content()).stream(), ROUTES.validate(template).stream())
                .map(ValidationMessage::getMessage)
                .toList();
    }

    private static JsonNode kamelet() {
        JsonNode definition = read(new ObjectMapper(new YAMLFactory()), "camel.apache.org_kamelets.yaml");
        JsonNode schema = definition.at("/spec/versions/0/schema/openAPIV3Schema");
        refuseUnknownMembers(schema);
        return schema;
    }

    /** Kubernetes drops what the schema does not know; we want to hear of it. */
    private static void refuseUnknownMembers(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")
                && !object.has("x-kubernetes-preserve-unknown-fields")
                && object.path("type").asText().equals("object")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(KameletSchemas::refuseUnknownMembers);
    }

    private static JsonNode read(ObjectMapper mapper, String resource) {
        try (InputStream in = KameletSchemas.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource);
            }
            return mapper.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
