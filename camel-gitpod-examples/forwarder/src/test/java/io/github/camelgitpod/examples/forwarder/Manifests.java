package io.github.camelgitpod.examples.forwarder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;

/** The manifests for Kubernetes, as they stand. */
final class Manifests {
    static final Path FOLDER = Path.of("kubernetes");

    private Manifests() {}

    /** What the kustomization of this folder names, also in other folders. */
    static List<JsonNode> objects(String way) throws IOException {
        return resources(FOLDER.resolve(way));
    }

    static JsonNode object(String way, String kind) throws IOException {
        return objects(way).stream()
                .filter(object -> object.get("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /** What the pods may ask of the API server, such as {@code get leases/name}. */
    static Set<String> rights() throws IOException {
        Set<String> rights = new TreeSet<>();
        for (JsonNode rule : object("pair", "Role").get("rules")) {
            for (JsonNode verb : rule.get("verbs")) {
                String name = rule.at("/resourceNames/0").asText();
                rights.add(verb.asText() + " " + rule.at("/resources/0").asText() + (name.isEmpty() ? "" : "/" + name));
            }
        }
        return rights;
    }

    private static List<JsonNode> resources(Path folder) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        JsonNode kustomization = yaml(folder.resolve("kustomization.yaml")).get(0);
        for (JsonNode resource : kustomization.get("resources")) {
            Path path = folder.resolve(resource.asText());
            objects.addAll(Files.isDirectory(path) ? resources(path) : yaml(path));
        }
        return objects;
    }

    private static List<JsonNode> yaml(Path file) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        // SnakeYAML, since Jackson does not resolve anchors.
        new Yaml()
                .loadAll(Files.readString(file))
                .forEach(document -> documents.add(new ObjectMapper().valueToTree(document)));
        return documents;
    }
}
