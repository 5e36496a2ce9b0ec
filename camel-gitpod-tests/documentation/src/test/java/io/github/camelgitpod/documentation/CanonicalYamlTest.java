package io.github.camelgitpod.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every route in YAML is written in full, as Camel's canonical schema wants it: in the pages, the README, the Kamelets and the examples.
 * Camel 4.23 warns of the compact forms, and tools write only this one.
 */
class CanonicalYamlTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNode CANONICAL = canonical();
    private static final JsonNode TOP = CANONICAL.at("/items/properties");
    private static final JsonNode STEPS =
            CANONICAL.at("/items/definitions/org.apache.camel.model.ProcessorDefinition/properties");
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(CANONICAL);

    @TestFactory
    Stream<DynamicTest> everyRoute() {
        List<DynamicTest> tests = WrittenFiles.all().stream()
                .flatMap(file -> routes(file)
                        .map(route -> DynamicTest.dynamicTest(
                                WrittenFiles.name(file) + ": " + start(route),
                                () -> assertThat(complaints(route)).isEmpty())))
                .toList();
        // Otherwise a change of how things are written could leave nothing to look at.
        assertThat(tests).hasSizeGreaterThanOrEqualTo(80);
        return tests.stream();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- log: '${body}'",
                "- to: direct:a",
                "- setBody: {simple: '${body}'}",
                "- setBody: {simple: {expression: '${body}'}}",
                "- setBody: {expression: {simple: '${body}'}}",
                "- choice: {when: [{simple: '${body}', steps: []}]}",
                "- from: {uri: 'direct:a', steps: []}",
                "- route: {from: {uri: 'direct:a', steps: [{marshal: {json: {}, id: 1}}, {to: direct:b}]}}",
            })
    void theCompactFormIsNoticed(String yaml) {
        assertThat(complaints(WrittenYaml.parse(yaml).findFirst().orElseThrow()))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- log: {message: '${body}'}",
                "- setBody: {expression: {simple: {expression: '${body}'}}}",
                "- route: {from: {uri: 'direct:a', parameters: {x: 1}, steps: [{to: {uri: 'direct:b'}}]}}",
            })
    void theFullFormIsInOrder(String yaml) {
        assertThat(complaints(WrittenYaml.parse(yaml).findFirst().orElseThrow()))
                .isEmpty();
    }

    /** What a file has of a list of routes or of steps, and the template of a Kamelet. */
    private static Stream<JsonNode> routes(Path file) {
        return WrittenYaml.documents(file)
                .map(document -> document.path("kind").asText().equals("Kamelet")
                        // A template has no route around its "from".
                        ? inARoute(document.at("/spec/template/from"))
                        : document)
                .filter(document -> document.size() == 1 && (TOP.has(name(document)) || STEPS.has(name(document))));
    }

    private static List<String> complaints(JsonNode written) {
        if (name(written).equals("from")) {
            // The schema allows it; Camel warns of it.
            return List.of("from without a route");
        }
        JsonNode route = TOP.has(name(written))
                ? written
                : inARoute(MAPPER.createObjectNode()
                        .put("uri", "direct:start")
                        .set("steps", MAPPER.createArrayNode().add(written)));
        return SCHEMA.validate(MAPPER.createArrayNode().add(route)).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    private static JsonNode inARoute(JsonNode from) {
        ObjectNode document = MAPPER.createObjectNode();
        document.putObject("route").set("from", from);
        return document;
    }

    private static String name(JsonNode document) {
        return document.fieldNames().next();
    }

    private static String start(JsonNode route) {
        String text = route.toString();
        return text.substring(0, Math.min(60, text.length()));
    }

    private static JsonNode canonical() {
        try (InputStream in = CanonicalYamlTest.class.getResourceAsStream("/schema/camelYamlDsl-canonical.json")) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
