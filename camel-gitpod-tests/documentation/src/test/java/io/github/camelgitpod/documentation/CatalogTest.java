package io.github.camelgitpod.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.kamelet.KameletFile;
import io.github.camelgitpod.option.EnumNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.ConfigurationPropertiesValidationResult;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Camel's catalog, with the component's JSON as tools load it, accepts every URI, every setting of the component and every use of a
 * Kamelet that the README, the pages, the Kamelets and the examples have.
 */
class CatalogTest {
    private static final Pattern SETTING =
            Pattern.compile("camel\\.component\\.gitpod\\.([\\w-]+(?:\\.[\\w-]+)*)(?:[ \\t]*=[ \\t]*([^\\s`\"']+))?");
    private static final CamelCatalog CATALOG = catalog(json());

    @TestFactory
    Stream<DynamicTest> everyUri() {
        return tests(30, CatalogTest::uris, CatalogTest::complaintsAboutUri);
    }

    @TestFactory
    Stream<DynamicTest> everySetting() {
        return tests(5, CatalogTest::settings, CatalogTest::complaintsAboutSetting);
    }

    @TestFactory
    Stream<DynamicTest> everyUseOfAKamelet() {
        return tests(7, CatalogTest::kamelets, CatalogTest::complaintsAboutKamelet);
    }

    @Test
    void whatIsWrongWouldBeNoticed() {
        assertThat(complaintsAboutUri("gitpod:auditLogs?form=now")).contains("form");
        assertThat(complaintsAboutUri("gitpod:audit-logs")).contains("audit-logs");
        assertThat(complaintsAboutUri("gitpod:auditLogs?pageSize=many")).contains("pageSize");
        assertThat(complaintsAboutUri("gitpod:auditLogs?delay=soon")).contains("delay");
        assertThat(complaintsAboutUri("gitpod:auditLogs?onFilterChange=ignore")).contains("onFilterChange");
        assertThat(complaintsAboutSetting("camel.component.gitpod.acess-token=x"))
                .contains("acess-token");
        assertThat(complaintsAboutSetting("camel.component.gitpod.max-retries=many"))
                .contains("max-retries");
        assertThat(complaintsAboutKamelet("kamelet:gitpod-events-source?subjectTypes=x"))
                .contains("subjectTypes");
        assertThat(complaintsAboutKamelet("kamelet:gitpod-logs-source")).contains("gitpod-logs-source");
    }

    /** Of what is not in the JSON, nobody reads the values; with an {@code enum} in it, the catalog would refuse good ones. */
    @Test
    void listsFullNamesAndNewerValuesPass() throws IOException {
        String uri = "gitpod:auditLogs?subjectTypes=";
        List<String> good =
                List.of("user_secret", "user_secret,sso_config", "RESOURCE_TYPE_USER", "RESOURCE_TYPE_NEWER");
        CamelCatalog withEnum = catalog(json().replaceFirst(
                        "(\"subjectTypes\": \\{.*?\"type\": )\"string\"", "$1\"enum\", \"enum\": [\"user_secret\"]"));

        assertThat(good)
                .allSatisfy(value -> assertThat(complaintsAboutUri(uri + value)).isEmpty());
        assertThat(good)
                .filteredOn(value ->
                        !withEnum.validateEndpointProperties(uri + value).isSuccess())
                .isEqualTo(good.subList(1, good.size()));
    }

    @Test
    void theKnownValuesAreInTheDescriptions() throws IOException {
        JsonNode options = new ObjectMapper().readTree(json()).path("properties");
        Map.of(
                        "subjectTypes", EnumNames.RESOURCE_TYPE,
                        "actorPrincipals", EnumNames.PRINCIPAL,
                        "kinds", EnumNames.AUDIT_LOG_ENTRY_KIND,
                        "operations", EnumNames.RESOURCE_OPERATION)
                .forEach((option, names) -> assertThat(
                                options.path(option).path("description").asText())
                        .contains(": " + String.join(", ", names.known())));
    }

    @Test
    void urisOfProgramsAreReadAsTheProgramJoinsThem() {
        assertThat(WrittenUris.in(
                        "from(\"gitpod:auditLogs?from=now\"\n    + \"&delay=\" + delay() + \"&to=\" + to)", "gitpod"))
                .containsExactly("gitpod:auditLogs?from=now&delay={{value}}&to={{value}}");
        assertThat(WrittenUris.in("io.github.camelgitpod:camel-gitpod-component and `gitpod:`", "gitpod"))
                .isEmpty();
    }

    private static Stream<DynamicTest> tests(
            int atLeast, Function<Path, Stream<String>> written, UnaryOperator<String> complaints) {
        List<DynamicTest> tests = WrittenFiles.all().stream()
                .flatMap(file -> written.apply(file)
                        .distinct()
                        .map(what -> DynamicTest.dynamicTest(
                                WrittenFiles.name(file) + ": " + what,
                                () -> assertThat(complaints.apply(what)).isEmpty())))
                .toList();
        // Otherwise a change of how things are written could leave nothing to look at.
        assertThat(tests).hasSizeGreaterThanOrEqualTo(atLeast);
        return tests.stream();
    }

    private static Stream<String> uris(Path file) {
        return uris(file, "gitpod");
    }

    private static Stream<String> kamelets(Path file) {
        return uris(file, "kamelet").filter(uri -> uri.startsWith("kamelet:gitpod"));
    }

    private static Stream<String> uris(Path file, String scheme) {
        return Stream.concat(
                WrittenUris.in(WrittenFiles.read(file), scheme),
                WrittenYaml.documents(file).flatMap(document -> WrittenYaml.uris(document, scheme)));
    }

    private static Stream<String> settings(Path file) {
        Stream<String> inText = SETTING.matcher(WrittenFiles.read(file))
                .results()
                .map(match -> "camel.component.gitpod." + match.group(1) + "="
                        + (match.group(2) == null ? "{{value}}" : match.group(2)));
        return Stream.concat(inText, WrittenYaml.documents(file).flatMap(WrittenYaml::settings));
    }

    private static String complaintsAboutUri(String uri) {
        EndpointValidationResult result = CATALOG.validateEndpointProperties(uri);
        // A placeholder of a bean is in order; the catalog takes it for the bean's name.
        Map<String, String> references = Objects.requireNonNullElse(result.getInvalidReference(), Map.of());
        long placeholders = references.values().stream()
                .filter(value -> value.startsWith("{{"))
                .count();
        // The summary of this version leaves out durations.
        return result.getNumberOfErrors() == placeholders
                ? ""
                : result.summaryErrorMessage(true) + " " + result.getInvalidDuration();
    }

    private static String complaintsAboutSetting(String line) {
        ConfigurationPropertiesValidationResult result = CATALOG.validateConfigurationProperty(line);
        return result.isSuccess() && result.isAccepted() ? "" : line + " " + result.summaryErrorMessage(true);
    }

    private static String complaintsAboutKamelet(String uri) {
        try {
            KameletFile kamelet =
                    KameletFile.named(StringHelper.before(uri + "?", "?").substring("kamelet:".length()));
            Set<String> parameters = new TreeSet<>(
                    URISupport.parseQuery(StringHelper.after(uri, "?", "")).keySet());
            parameters.removeAll(kamelet.properties().keySet());
            return parameters.isEmpty() ? "" : kamelet.name() + " has no " + parameters;
        } catch (IOException | URISyntaxException e) {
            return uri + " " + e;
        }
    }

    private static CamelCatalog catalog(String json) {
        CamelCatalog catalog = new DefaultCamelCatalog();
        catalog.addComponent("gitpod", GitpodComponent.class.getName(), json);
        return catalog;
    }

    private static String json() {
        String json = "META-INF/" + GitpodComponent.class.getPackageName().replace('.', '/') + "/gitpod.json";
        try (InputStream in = GitpodComponent.class.getClassLoader().getResourceAsStream(json)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
