package io.github.camelgitpod.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The tables of options and headers on the component's page, made from the JSON that Camel's plugin generates from the
 * sources. They are written out, since GitHub shows nothing of Antora's includes.
 */
final class OptionTables {
    private static final List<String> GROUPS = List.of(
            "common",
            "security",
            "consumer",
            "producer",
            "filter",
            "scheduler",
            "proxy",
            "health",
            "consumer (advanced)",
            "producer (advanced)",
            "advanced");
    private static final List<Section> SECTIONS = List.of(
            new Section("componentProperties", "component-option-"),
            new Section("properties", "option-"),
            new Section("headers", "header-"));

    private final JsonNode component;

    private OptionTables(JsonNode component) {
        this.component = component;
    }

    /** @param json the component's generated JSON */
    static OptionTables of(Path json) throws IOException {
        return new OptionTables(new ObjectMapper().readTree(json.toFile()));
    }

    /**
     * The page with all tables as they should be.
     *
     * @throws IllegalArgumentException when the page has no place for one of them
     */
    String update(String page) {
        String updated = page;
        for (Section section : SECTIONS) {
            String start = "// " + section.name() + " of gitpod.json, generated: START\n";
            String end = "// " + section.name() + " of gitpod.json, generated: END\n";
            int from = updated.indexOf(start);
            int to = updated.indexOf(end);
            if (from < 0 || to < from) {
                throw new IllegalArgumentException("The page lacks the lines " + start + end);
            }
            updated = updated.substring(0, from + start.length()) + tables(section) + updated.substring(to);
        }
        return updated;
    }

    private String tables(Section section) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        component.path(section.name()).properties().stream()
                .sorted(Comparator.comparingInt(
                        option -> rank(option.getValue().path("group").asText())))
                .forEach(option -> rows.computeIfAbsent(
                                option.getValue().path("group").asText(), group -> new ArrayList<>())
                        .add(row(section.anchors() + option.getKey(), option.getKey(), option.getValue())));
        boolean captions = rows.size() > 1;
        return rows.entrySet().stream()
                .map(group -> (captions ? "." + capitalized(group.getKey()) + "\n" : "")
                        + "[cols=\"3,6,2,2\",options=\"header\"]\n|===\n|Name |Description |Default |Type\n\n"
                        + String.join("\n", group.getValue()) + "|===\n")
                .collect(Collectors.joining("\n"));
    }

    private static int rank(String group) {
        int rank = GROUPS.indexOf(group);
        return rank < 0 ? GROUPS.size() : rank;
    }

    private static String row(String anchor, String name, JsonNode option) {
        String description = option.path("description").asText().replace("|", "{vbar}");
        return "|[[" + anchor + "]]" + code(name) + "\n|"
                + (option.path("required").asBoolean() ? "*Required.* " : "") + description
                + "\n|"
                + (option.has("defaultValue") ? code(option.path("defaultValue").asText()) : "")
                + "\n|" + type(option) + "\n";
    }

    private static String type(JsonNode option) {
        String type = option.path("type").asText();
        if (option.has("enum")) {
            return StreamSupport.stream(option.path("enum").spliterator(), false)
                    .map(value -> code(value.asText()))
                    .collect(Collectors.joining(", "));
        }
        if (type.isEmpty() || type.equals("object")) {
            String javaType = option.path("javaType").asText().replaceAll("[a-z]+\\.", "");
            return javaType.contains("<") ? code(javaType) : javaType;
        }
        return option.path("secret").asBoolean() ? type + ", secret" : type;
    }

    private static String code(String text) {
        return "`+" + text + "+`";
    }

    private static String capitalized(String group) {
        return group.substring(0, 1).toUpperCase(Locale.ROOT) + group.substring(1);
    }

    /**
     * A part of the JSON.
     *
     * @param anchors what the anchor of a row begins with; the option's or header's name follows
     */
    private record Section(String name, String anchors) {}
}
