package io.github.camelgitpod.kamelet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The rules that a Kamelet of the official catalog has to follow, as its validator checks them; but for the provider, which has to be
 * the Apache Software Foundation there, and must not be here.
 */
final class KameletRules {
    private static final List<String> ANNOTATIONS = List.of(
            "kamelet.support.level",
            "catalog.version",
            "kamelet.icon",
            "provider",
            "kamelet.group",
            "kamelet.namespace");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([\\w.-]+)(?::[^}]*)?}}");
    private static final Set<String> SMALL_WORDS = Set.of(
            "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "per", "the", "to", "with");

    private final KameletFile kamelet;
    private final List<String> violations = new ArrayList<>();

    private KameletRules(KameletFile kamelet) {
        this.kamelet = kamelet;
    }

    /** What is wrong with a Kamelet, in words; empty: nothing. */
    static List<String> violations(KameletFile kamelet) {
        KameletRules rules = new KameletRules(kamelet);
        rules.checkNameAndType();
        rules.checkAnnotations();
        rules.checkDefinition();
        kamelet.properties().forEach(rules::checkProperty);
        rules.checkPlaceholders();
        rules.checkTemplate();
        rules.checkDependencies();
        return rules.violations;
    }

    private void checkNameAndType() {
        JsonNode metadata = kamelet.content().path("metadata");
        String type = type();
        require(kamelet.name().equals(metadata.path("name").asText()), "the file is named otherwise than the Kamelet");
        require(Set.of("source", "sink", "action").contains(type), "label kamelet.type=" + type);
        require(kamelet.name().endsWith("-" + type), "the name does not end with the type " + type);
    }

    private void checkAnnotations() {
        for (String annotation : ANNOTATIONS) {
            require(!kamelet.annotation(annotation).isBlank(), "no annotation " + annotation);
        }
        require(kamelet.annotation("kamelet.icon").startsWith("data:image/"), "the icon is no data URI");
    }

    private void checkDefinition() {
        JsonNode definition = kamelet.definition();
        String type = type();
        String title = definition.path("title").asText();
        require(
                title.endsWith(type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1)),
                "title '" + title + "' does not end with the type");
        require(!definition.path("description").asText().isBlank(), "no description");
        require(definition.path("type").asText().equals("object"), "the definition is of no type object");
        Set<String> required = new TreeSet<>();
        for (JsonNode name : definition.path("required")) {
            require(required.add(name.asText()), "required twice: " + name.asText());
            require(kamelet.properties().containsKey(name.asText()), "required but not there: " + name.asText());
        }
    }

    private void checkProperty(String name, JsonNode property) {
        String title = property.path("title").asText();
        require(!title.isBlank(), name + " has no title");
        require(!property.path("description").asText().isBlank(), name + " has no description");
        require(!property.path("type").asText().isBlank(), name + " has no type");
        require(!title.matches("(The|An?) .*"), name + " has a title with an article: " + title);
        for (String word : title.split(" ")) {
            require(
                    SMALL_WORDS.contains(word) || !word.matches("[a-z].*"),
                    name + " has a small word in its title: " + title);
        }
        Set<String> descriptors = texts(property.path("x-descriptors"));
        require(
                !property.path("format").asText().equals("password")
                        || descriptors.contains("urn:camel:group:credentials"),
                name + " is a password but no credential");
        require(descriptors.size() == property.path("x-descriptors").size(), name + " has a descriptor twice");
        require(
                descriptors.stream().noneMatch(each -> each.startsWith("urn:alm:descriptor:com.tectonic.ui")),
                name + " has a descriptor that is deprecated");
    }

    private void checkPlaceholders() {
        Set<String> used = PLACEHOLDER
                .matcher(kamelet.template().toString())
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> declared = new TreeSet<>(kamelet.properties().keySet());
        texts(kamelet.template().path("beans"), "name").forEach(declared::add);
        for (String name : used) {
            require(declared.contains(name), "used but not declared: " + name);
        }
        for (String name : declared) {
            require(used.contains(name), "declared but not used: " + name);
        }
    }

    private void checkTemplate() {
        String template = kamelet.template().toString();
        require(
                !type().equals("source") || template.contains("kamelet:sink"),
                "a source that does not send to its sink");
        require(
                !type().equals("sink") || template.contains("kamelet:source"),
                "a sink that does not read from its source");
    }

    private void checkDependencies() {
        Set<String> dependencies = texts(kamelet.content().path("spec").path("dependencies"));
        require(dependencies.contains("camel:kamelet"), "no dependency camel:kamelet");
        require(dependencies.size() > 1, "no dependency for what it is made of");
        require(
                dependencies.stream().allMatch(each -> each.matches("(camel:|mvn:|github:apache/).+")),
                "a dependency of another kind: " + dependencies);
    }

    private String type() {
        return kamelet.content()
                .path("metadata")
                .path("labels")
                .path("camel.apache.org/kamelet.type")
                .asText("none");
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            violations.add(otherwise);
        }
    }

    private static Set<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> texts(JsonNode array, String member) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(each -> each.path(member).asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
