package io.github.camelgitpod.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.GitpodComponent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Kaoto is given says what the component and the Kamelets say; with {@code -DupdateDocs} it is made to. */
class KaotoCatalogTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path OURS = Path.of("../../src-docs/modules/ROOT/attachments/gitpod-kaoto.json");
    private static final Path SCRIPT = Path.of("../../src-docs/kaoto/catalog.js");
    private static final String COMMAND =
            "mvn -q package -pl camel-gitpod-tests/documentation -am -Dtest=KaotoCatalogTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -DupdateDocs";
    private static final List<String> KAMELETS = List.of("gitpod-audit-logs-source", "gitpod-events-source");

    @TempDir
    Path folder;

    @Test
    void theFileIsUpToDate() throws IOException {
        String generated = KaotoCatalog.of(component(), KAMELETS);
        if (Boolean.getBoolean("updateDocs")) {
            Files.writeString(OURS, generated);
            return;
        }

        assertThat(Files.readString(OURS))
                .as("Kaoto's catalog is out of date; rewrite it with: " + COMMAND)
                .isEqualTo(generated);
    }

    /** As in Kaoto's own files, of which the form reads just these. */
    @Test
    void eachOptionIsAFieldOfAForm() throws IOException {
        JsonNode ours = MAPPER.readTree(OURS.toFile());
        JsonNode form = ours.at("/components/gitpod/propertiesSchema");

        assertThat(names(form.path("properties"))).isEqualTo(names(component().path("properties")));
        assertThat(form.path("required").toString()).isEqualTo("[\"resource\"]");
        assertThat(form.at("/properties/accessToken/format").asText()).isEqualTo("password");
        assertThat(form.at("/properties/delay/format").asText()).isEqualTo("duration");
        assertThat(form.at("/properties/stateRepository/format").asText())
                .startsWith("bean:org.apache.camel.spi.StateRepository");
        assertThat(form.at("/properties/onFilterChange/enum")).hasSize(3);
        assertThat(names(ours.path("kamelets"))).isEqualTo(KAMELETS);
        assertThat(ours.findValues("propertiesSchema")).hasSize(3).allSatisfy(schema -> assertThat(
                        schema.path("properties").valueStream())
                .allSatisfy(field -> {
                    assertThat(Set.of("type", "title", "description", "format", "default", "enum", "$comment"))
                            .containsAll(names(field));
                    assertThat(field.path("type").asText()).isIn("string", "boolean", "integer");
                }));
    }

    @Test
    @Timeout(60)
    void itIsAddedToACopyOfOneVersion() throws Exception {
        assumeTrue(
                Boolean.parseBoolean(System.getenv("CI")) || run("node", "--version") == 0,
                "Skipped: Kaoto's catalog needs Node.js");
        Path catalog = folder.resolve("catalog");
        write(
                catalog.resolve("index.json"),
                "{'version':3,'name':'Kaoto','definitions':[{'version':'4.18.4','runtime':'Main','fileName':'main/4.18.4/index-1.json'},"
                        + "{'version':'3.1','runtime':'Quarkus','fileName':'quarkus/3.1/index-2.json'}]}");
        write(
                catalog.resolve("main/4.18.4/index-1.json"),
                "{'catalogs':{'components':{'file':'components-1.json'},'kamelets':{'file':'kamelets-1.json'}}}");
        write(catalog.resolve("main/4.18.4/components-1.json"), "{'timer':{'component':{}}}");
        write(catalog.resolve("main/4.18.4/kamelets-1.json"), "{'timer-source':{}}");
        Path made = folder.resolve("made");

        int unknown = run("node", SCRIPT.toString(), catalog.toString(), "4.1", made.toString());
        String message = Files.readString(folder.resolve("output.txt"));
        int added = run("node", SCRIPT.toString(), catalog.toString(), "4.18.4", made.toString());

        assertThat(unknown).isNotZero();
        assertThat(message).contains("No version 4.1 of camel-main; there are: 4.18.4");
        assertThat(added).isZero();
        // As Kaoto goes from file to file.
        JsonNode entry = MAPPER.readTree(made.resolve("index.json").toFile()).at("/definitions/0");
        Path index = made.resolve(entry.path("fileName").asText());
        JsonNode catalogs = MAPPER.readTree(index.toFile()).path("catalogs");
        assertThat(names(MAPPER.readTree(
                        index.resolveSibling(catalogs.at("/components/file").asText())
                                .toFile())))
                .containsExactly("timer", "gitpod");
        assertThat(names(MAPPER.readTree(
                        index.resolveSibling(catalogs.at("/kamelets/file").asText())
                                .toFile())))
                .containsExactly("timer-source", "gitpod-audit-logs-source", "gitpod-events-source");
    }

    private int run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.txt").toFile())
                    .start();
            return process.waitFor(50, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException e) {
            // No such command.
            return -1;
        }
    }

    private static void write(Path file, String json) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, json.replace('\'', '"'));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode component() throws IOException {
        try (InputStream json =
                GitpodComponent.class.getResourceAsStream("/META-INF/io/github/camelgitpod/gitpod.json")) {
            return MAPPER.readTree(json);
        }
    }
}
