package io.github.camelgitpod.kamelet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.GitpodComponent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Kamelets follow the official catalog's rules, and say of options and headers what the component says. */
class KameletFileTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** The data types by their names, as Camel looks for them. */
    private static final Path TRANSFORMERS = Path.of("../../camel-gitpod-component/src/generated/resources")
            .resolve("META-INF/services/org/apache/camel/transformer");
    /** A placeholder that nothing defines. Without any default, Camel would look for the option's name in the whole process. */
    private static final String UNSET = "{{?camel.gitpod.unset}}";

    /** Whose Kamelet has a key of its own, and says something about it. */
    private static final Set<String> OWN_DEFAULT = Set.of("stateKey");
    /** What these say is about URIs, or about the environment instead of a default. */
    private static final Set<String> OWN_DESCRIPTION = Set.of("accessToken", "baseUrl", "stateKey");

    static Stream<String> ours() {
        return KameletFile.OURS.stream();
    }

    @ParameterizedTest
    @MethodSource("ours")
    void theCatalogsRulesAndSchemasHaveNothingAgainstIt(String name) throws IOException {
        KameletFile kamelet = KameletFile.named(name);

        assertThat(KameletRules.violations(kamelet)).isEmpty();
        assertThat(KameletSchemas.violations(kamelet)).isEmpty();
    }

    @Test
    void titlesAndDescriptionsAreTheirOwnAndTheVersionIsOne() throws IOException {
        KameletFile first = KameletFile.named(KameletFile.OURS.get(0));
        KameletFile second = KameletFile.named(KameletFile.OURS.get(1));

        assertThat(KameletFile.OURS).hasSize(2);
        assertThat(first.definition().path("title"))
                .isNotEqualTo(second.definition().path("title"));
        assertThat(first.definition().path("description"))
                .isNotEqualTo(second.definition().path("description"));
        assertThat(first.annotation("catalog.version")).isEqualTo(second.annotation("catalog.version"));
    }

    /** Otherwise the rules would be ours, not the catalog's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws-cloudtrail-source",
                "github-event-source",
                "jira-source",
                "timer-source",
                "http-sink",
                "log-sink",
                "postgresql-sink",
                "insert-field-action"
            })
    void theRulesHaveNothingAgainstOfficialOnes(String official) throws IOException {
        KameletFile kamelet = KameletFile.named(official);

        assertThat(KameletRules.violations(kamelet)).isEmpty();
        assertThat(KameletSchemas.violations(kamelet)).isEmpty();
    }

    @Test
    void whatBreaksTheRulesIsNoticed() throws IOException {
        assertThat(broken(spec -> ((ObjectNode) spec.at("/template/from/parameters")).put("pageSize", "{{size}}")))
                .containsExactly("used but not declared: size");
        assertThat(broken(spec -> ((ObjectNode) spec.at("/template/from/parameters")).remove("delay")))
                .containsExactly("declared but not used: delay");
        assertThat(broken(spec -> ((ObjectNode) spec.at("/definition/properties/accessToken")).remove("x-descriptors")))
                .containsExactly("accessToken is a password but no credential");
        assertThat(broken(spec -> ((ObjectNode) spec.at("/definition/properties/delay")).remove("description")))
                .containsExactly("delay has no description");
        assertThat(broken(spec -> ((ObjectNode) spec.path("definition"))
                        .putArray("required")
                        .add("organization")))
                .containsExactly("required but not there: organization");
        assertThat(broken(spec -> ((ArrayNode) spec.path("dependencies")).remove(1)))
                .containsExactly("no dependency for what it is made of");
        assertThat(broken(spec -> ((ArrayNode) spec.path("dependencies")).add("https://example.com/a.jar")))
                .singleElement()
                .asString()
                .startsWith("a dependency of another kind");
        assertThat(broken(spec -> ((ObjectNode) spec.at("/template/from/steps/0/to")).put("uri", "direct:sink")))
                .containsExactly("a source that does not send to its sink");
        assertThat(broken(spec -> ((ArrayNode) spec.at("/definition/properties/accessToken/x-descriptors"))
                        .add("urn:camel:group:credentials")))
                .containsExactly("accessToken has a descriptor twice");
        assertThat(broken(spec -> ((ArrayNode) spec.at("/definition/properties/accessToken/x-descriptors"))
                        .add("urn:alm:descriptor:com.tectonic.ui:password")))
                .containsExactly("accessToken has a descriptor that is deprecated");
        assertThat(broken(spec -> ((ObjectNode) spec.at("/definition/properties/delay")).put("defualt", "1s")))
                .singleElement()
                .asString()
                .contains("defualt");
        assertThat(broken(spec -> ((ObjectNode) spec.at("/template/from/steps/0")).put("too", "kamelet:sink")))
                .anyMatch(violation -> violation.contains("too"));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void propertiesAreTheComponentsOptions(String name) throws IOException {
        KameletFile kamelet = KameletFile.named(name);
        JsonNode options = component().path("properties");
        JsonNode parameters = kamelet.template().path("from").path("parameters");

        kamelet.properties().forEach((option, property) -> {
            JsonNode declared = options.path(option);
            assertThat(declared.isMissingNode()).as(option + " is an option").isFalse();
            assertThat(property.path("type").asText()).as("type of " + option).isEqualTo(type(declared));
            assertThat(property.path("enum")).as("values of " + option).isEqualTo(declared.path("enum"));
            assertThat(property.path("format").asText().equals("password"))
                    .as(option + " is secret")
                    .isEqualTo(declared.path("secret").asBoolean());
            if (!OWN_DESCRIPTION.contains(option)) {
                assertThat(property.path("description").asText())
                        .as("description of " + option)
                        .isEqualTo(declared.path("description")
                                .asText()
                                .replaceFirst(" gitpod:(auditLogs|events) only\\.$", ""));
            }
            String value = property.path("default").asText();
            // What has no default of the component's is left out by an optional placeholder.
            assertThat(parameters.path(option).asText())
                    .isEqualTo(value.equals(UNSET) ? "{{?" + option + "}}" : "{{" + option + "}}");
            if (OWN_DEFAULT.contains(option)) {
                assertThat(value).isEqualTo(name);
            } else if (option.equals("baseUrl")) {
                assertThat(value).as("the environment comes before the default").isEqualTo(UNSET);
            } else {
                assertThat(value)
                        .as("default of " + option)
                        .isEqualTo(
                                declared.has("defaultValue")
                                        ? declared.path("defaultValue").asText()
                                        : UNSET);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("ours")
    void headersAreTheComponents(String name) throws IOException {
        JsonNode declared = component().path("headers");
        Map<String, String> ours = new TreeMap<>();
        KameletFile.named(name)
                .dataTypesOut()
                .path("headers")
                .properties()
                .forEach(header -> ours.put(
                        header.getKey(), header.getValue().path("description").asText()));

        assertThat(ours).hasSizeGreaterThan(5).allSatisfy((header, description) -> assertThat(
                        declared.path(header).path("description").asText())
                .isEqualTo(description));
    }

    @Test
    void everyHeaderOfTheComponentIsOneOfAKamelet() throws IOException {
        Set<String> ours = new TreeSet<>();
        for (String name : KameletFile.OURS) {
            KameletFile.named(name).dataTypesOut().path("headers").fieldNames().forEachRemaining(ours::add);
        }

        assertThat(component().path("headers").properties())
                .filteredOn(header -> !header.getValue().path("label").asText().equals("producer"))
                .extracting(Map.Entry::getKey)
                .allMatch(ours::contains);
    }

    @Test
    void everyDataTypeOfTheComponentIsOneOfAKamelet() throws IOException {
        Set<String> ours = new TreeSet<>();
        for (String name : KameletFile.OURS) {
            KameletFile.named(name)
                    .dataTypesOut()
                    .path("types")
                    .findValuesAsText("format")
                    .forEach(format -> ours.add(format.replace(':', '-')));
        }

        try (Stream<Path> services = Files.list(TRANSFORMERS)) {
            assertThat(services.map(file -> file.getFileName().toString()).toList())
                    .hasSize(8)
                    .allMatch(ours::contains);
        }
    }

    @ParameterizedTest
    @MethodSource("ours")
    void versionProviderAndIconAreOurs(String name) throws Exception {
        KameletFile kamelet = KameletFile.named(name);
        JsonNode component = component().path("component");
        String icon = kamelet.annotation("kamelet.icon");

        assertThat(kamelet.annotation("catalog.version")).isEqualTo(System.getProperty("project.version"));
        assertThat(kamelet.annotation("kamelet.support.level"))
                .isEqualTo(component.path("supportLevel").asText());
        assertThat(kamelet.annotation("provider")).doesNotContain("Apache");
        assertThat(kamelet.content().at("/spec/dependencies/1").asText())
                .isEqualTo("mvn:" + component.path("groupId").asText() + ":"
                        + component.path("artifactId").asText() + ":" + System.getProperty("project.version"));
        assertThat(icon).startsWith("data:image/svg+xml;base64,");
        byte[] svg = Base64.getDecoder().decode(icon.substring(icon.indexOf(',') + 1));
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(svg))
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
    }

    private static Iterable<String> broken(Consumer<JsonNode> change) throws IOException {
        KameletFile kamelet = KameletFile.named("gitpod-audit-logs-source");
        change.accept(kamelet.content().path("spec"));
        return Stream.concat(KameletRules.violations(kamelet).stream(), KameletSchemas.violations(kamelet).stream())
                .toList();
    }

    private static String type(JsonNode option) {
        String type = option.path("type").asText();
        return Set.of("integer", "boolean").contains(type) ? type : "string";
    }

    private static JsonNode component() throws IOException {
        try (InputStream in = GitpodComponent.class.getResourceAsStream(
                "/META-INF/" + GitpodComponent.class.getPackageName().replace('.', '/') + "/gitpod.json")) {
            return MAPPER.readTree(in);
        }
    }
}
