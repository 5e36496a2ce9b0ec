package io.github.camelgitpod.documentation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.util.URISupport;

/** What routes in YAML name by a URI and parameters, and what settings in YAML name by their place. */
final class WrittenYaml {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private WrittenYaml() {}

    /** The documents of a file that is YAML, or of the YAML blocks of a page. */
    static Stream<JsonNode> documents(Path file) {
        String name = file.getFileName().toString();
        String text = WrittenFiles.read(file);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return parse(text);
        }
        return name.endsWith(".adoc") || name.endsWith(".md")
                ? WrittenFiles.blocks(text, "yaml").flatMap(WrittenYaml::parse)
                : Stream.empty();
    }

    static Stream<JsonNode> parse(String text) {
        try {
            return YAML.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("No YAML: " + text, e);
        }
    }

    /** The URIs of this scheme that have parameters of their own, with these. */
    static Stream<String> uris(JsonNode node, String scheme) {
        Stream<String> here = node.path("uri").asText().startsWith(scheme + ":") && node.has("parameters")
                ? Stream.of(uri(node.path("uri").asText(), texts(node.path("parameters"))))
                : Stream.empty();
        return Stream.concat(here, node.valueStream().flatMap(child -> uris(child, scheme)));
    }

    /** The keys and values below {@code camel.component.gitpod}, as in a properties file. */
    static Stream<String> settings(JsonNode document) {
        JsonNode component = document.path("camel").path("component").path("gitpod");
        return texts(component).entrySet().stream()
                .map(setting -> "camel.component.gitpod." + setting.getKey() + "=" + setting.getValue());
    }

    private static String uri(String uri, Map<String, Object> parameters) {
        try {
            // As it is written, without the slashes that Camel adds.
            return URISupport.appendParametersToURI(uri, parameters).replaceFirst("://", ":");
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Map<String, Object> texts(JsonNode object) {
        Map<String, Object> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
