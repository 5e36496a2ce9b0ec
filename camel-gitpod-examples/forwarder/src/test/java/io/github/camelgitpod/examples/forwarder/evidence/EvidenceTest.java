package io.github.camelgitpod.examples.forwarder.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.GitpodConfiguration;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manifest is written by a real export from the simulator; then the export, the manifest or the server changes. */
class EvidenceTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-02-01T00:00:00Z");
    private static final String SECRET = "RESOURCE_TYPE_USER_SECRET";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GitpodSimulator simulator = GitpodSimulator.start();
    private final CamelContext context = new DefaultCamelContext();
    private final CamelContext auditor = new DefaultCamelContext();
    private final List<String> told = new ArrayList<>();

    @TempDir
    private Path directory;

    private Path manifest;
    private Path export;

    @BeforeEach
    void export() throws Exception {
        manifest = directory.resolve("manifest.json");
        export = directory.resolve("export.ndjson");
        for (int i = 0; i < 230; i++) {
            simulator.auditLog().add(Entry.at(FROM.plusSeconds(i)).withSubject(SECRET, null));
        }
        simulator.auditLog().add(hostile());
        simulator.auditLog().add(Entry.at(FROM.plusSeconds(5)).withSubject("RESOURCE_TYPE_PROJECT", null));
        simulator.auditLog().add(Entry.at(TO).withSubject(SECRET, null));
    }

    @AfterEach
    void stop() {
        auditor.stop();
        context.stop();
        simulator.close();
    }

    /** Line breaks between members, and what is escaped: a line break, U+0000; what is not: an emoji, U+2028. */
    private static Entry hostile() {
        return Entry.ofJson("{\"id\":\"01a\",\n \"createdAt\":\"" + FROM.plusSeconds(999)
                + "\",\r\n \"subjectType\":\"" + SECRET
                + "\", \"action\":\"a \\n b \\u0000 \\\" \uD83D\uDE80 \u2028 c\", \"new\": 1.0}");
    }

    @Test
    void theManifestTellsWhatWasExported() throws Exception {
        String sha256 = write("own", "false");

        JsonNode json = JSON.readTree(manifest.toFile());
        assertThat(json.path("format").asText()).isEqualTo("camel-gitpod-manifest/1");
        assertThat(json.path("program").asText()).isEqualTo("forwarder 1");
        assertThat(json.path("organization").asText()).isEqualTo(simulator.organizationId());
        assertThat(json.path("export").toString())
                .isEqualTo("{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-02-01T00:00:00Z\","
                        + "\"filter\":{\"subjectTypes\":\"user_secret\"},\"form\":\"own\",\"details\":\"false\"}");
        assertThat(json.path("entries").asInt()).isEqualTo(231);
        assertThat(json.path("late").asInt()).isZero();
        assertThat(json.at("/first/createdAt").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(json.at("/last").toString()).isEqualTo("{\"id\":\"01a\",\"createdAt\":\"2026-01-01T00:16:39Z\"}");
        assertThat(json.path("coverage").asText())
                .startsWith("complete from 2026-01-01T00:00:00Z to 2026-02-01T00:00:00Z for what was visible by 20")
                .endsWith("231 entries, of them 0 late");
        for (String moment : List.of("begin", "end")) {
            assertThat(json.path(moment).path("baseUrl").asText()).isEqualTo(simulator.baseUrl());
            assertThat(Instant.parse(json.path(moment).path("server").asText()))
                    .isBeforeOrEqualTo(
                            Instant.parse(json.path(moment).path("machine").asText()));
        }
        assertThat(sha256).isEqualTo(Chain.sha256(Files.readAllBytes(manifest)));
        assertThat(new Verification(manifest, told::add).export(export)).isTrue();
        assertThat(told).containsExactly(export + ": as it was exported; 231 lines, the manifest has 231 entries");
    }

    @Test
    void aTamperedLineIsNamed() throws Exception {
        write("own", "false");
        List<String> lines = lines();
        lines.set(4, lines.get(4).replace("changed spec", "changed Spec"));
        rewrite(lines);

        assertDiffers("line 5: changed, entry " + id(lines.get(4)));
    }

    @Test
    void aRemovedLineIsNamed() throws Exception {
        write("own", "false");
        List<String> lines = lines();
        String first = lines.remove(0);
        String last = lines.remove(lines.size() - 1);
        rewrite(lines);

        assertDiffers(
                export + ": missing, number 1 of the export, entry " + id(first),
                export + ": missing, number 231 of the export, entry " + id(last));
    }

    @Test
    void anAddedLineIsNamed() throws Exception {
        write("own", "false");
        List<String> lines = lines();
        lines.add(10, "{\"id\":\"x\\u001b[2J\"}");
        lines.add(20, "no JSON");
        lines.add(30, lines.get(0));
        rewrite(lines);

        assertDiffers(
                "line 11: more than was exported, entry x\\u001b[2J",
                "line 21: more than was exported, entry no JSON",
                "line 31: once more, entry " + id(lines.get(0)));
    }

    @Test
    void linesInAnotherOrderAreNamed() throws Exception {
        write("own", "false");
        List<String> lines = lines();
        Collections.swap(lines, 6, 7);
        rewrite(lines);

        assertDiffers("line 8: not in its place, entry " + id(lines.get(7)));
    }

    @Test
    void withoutTheLinksOfTheManifestADifferenceIsSeenAndNotNamed() throws Exception {
        write("own", "false");
        List<String> links = Files.readAllLines(Chain.file(manifest));
        Files.write(Chain.file(manifest), links.subList(0, 230));
        Verification verification = new Verification(manifest, told::add);

        assertThat(verification.export(export)).isTrue();
        rewrite(lines().subList(0, 230));
        assertThat(verification.export(export)).isFalse();
        assertThat(told)
                .containsExactly(
                        manifest + ".links is missing, or of another manifest: no entry that differs can be named",
                        export + ": as it was exported; 231 lines, the manifest has 231 entries",
                        export + ": DIFFERS from what was exported; 230 lines, the manifest has 231 entries");
        assertThatThrownBy(() -> verification.server(auditor()))
                .hasMessage("Without the links of the manifest the server cannot be compared");
    }

    @Test
    void theServerHasWhatWasExported() throws Exception {
        write("own", "false");

        assertThat(new Verification(manifest, told::add).server(auditor())).isTrue();
        assertThat(told).containsExactly("On the server: what was exported, no less and no more");
    }

    @Test
    void whatIsLateMissingOrChangedOnTheServerIsNamed() throws Exception {
        write("own", "false");
        String removed = lines().get(1);
        String changed = lines().get(2);
        Path old = directory.resolve("old.json");
        Files.move(manifest, old);
        Files.move(Chain.file(manifest), Chain.file(old));
        Entry late = simulator.auditLog().add(Entry.at(FROM.plusSeconds(3)).withSubject(SECRET, null));
        try (GitpodSimulator later =
                GitpodSimulator.builder().accessToken(simulator.accessToken()).start()) {
            for (Entry entry : simulator.auditLog().entries()) {
                if (entry.id().equals(id(changed))) {
                    later.auditLog().add(entry.withAction("another"));
                } else if (!entry.id().equals(id(removed))) {
                    later.auditLog().add(entry);
                }
            }

            assertThat(new Verification(old, told::add).server(auditor(later))).isFalse();
        }
        assertThat(told)
                .containsExactly(
                        "on the server: changed, entry " + id(changed),
                        "on the server: more, created in the range at " + late.createdAt()
                                + ", visible after the export, entry " + late.id(),
                        "on the server: missing, number 2 of the export, entry " + id(removed),
                        "On the server: NOT what was exported");
    }

    @Test
    void anotherOrganizationsTokenComparesNothing() throws Exception {
        write("own", "false");
        try (GitpodSimulator other = GitpodSimulator.builder().seed(2).start()) {
            assertThatThrownBy(() -> new Verification(manifest, told::add).server(auditor(other)))
                    .hasMessage("The token is of the organization " + other.organizationId() + ", the export of "
                            + simulator.organizationId() + ": nothing was compared");
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aManifestOfAnotherVersionIsRefused() throws Exception {
        write("own", "false");
        Files.writeString(manifest, Files.readString(manifest).replace("manifest/1", "manifest/2"));

        assertThatThrownBy(() -> new Verification(manifest, told::add))
                .hasMessage(manifest + " is of the format 'camel-gitpod-manifest/2'; this version knows"
                        + " camel-gitpod-manifest/1");
    }

    @Test
    void aManifestThatDoesNotFitTheExportDiffers() throws Exception {
        write("own", "false");
        String whole = Files.readString(manifest);
        Map<String, String> changes = Map.of(
                "\"late\" : 0", "\"late\" : 7",
                "\"entries\" : 231", "\"entries\" : 230",
                "\"createdAt\" : \"2026-01-01T00:00:00Z\"", "\"createdAt\" : \"2025-01-01T00:00:00Z\"",
                "\"id\" : \"01a\"", "\"id\" : \"01b\"");
        Map<String, String> said = Map.of(
                "\"late\" : 0", "the manifest: late is 7, by the export it is 0",
                "\"entries\" : 231", "the manifest: entries is 230, by the export it is 231",
                "\"createdAt\" : \"2026-01-01T00:00:00Z\"", "the manifest: first is ",
                "\"id\" : \"01a\"", "the manifest: last is ");
        for (Map.Entry<String, String> change : changes.entrySet()) {
            told.clear();
            Files.writeString(manifest, whole.replace(change.getKey(), change.getValue()));
            assertThat(Files.readString(manifest)).isNotEqualTo(whole);

            assertThat(new Verification(manifest, told::add).export(export))
                    .as(change.getValue())
                    .isFalse();
            assertThat(told).anyMatch(line -> line.startsWith(said.get(change.getKey())));
            assertThat(told.get(told.size() - 1)).contains("DIFFERS");
        }
    }

    @Test
    void whatCannotBeComparedIsNamed() throws Exception {
        write("own", "false");

        assertThat(Verification.run(manifest, export, null, told::add)).isTrue();
        assertThat(told.get(told.size() - 1))
                .isEqualTo("Not compared: what the manifest says of program, coverage, begin, end, organization, export"
                        + " (for that a token is needed)");
        assertThat(Verification.run(manifest, null, auditor(), told::add)).isTrue();
        assertThat(told.get(told.size() - 1))
                .isEqualTo("Not compared: what the manifest says of program, coverage, begin, end, late, first, last"
                        + " (for these --export is needed)");
    }

    @Test
    void anExportWithoutItsLastLineEndIsTheSameAndThatIsSaid() throws Exception {
        write("own", "false");
        Files.writeString(export, String.join("\n", lines()));

        assertThat(new Verification(manifest, told::add).export(export)).isTrue();
        assertThat(told)
                .containsExactly(
                        export + ": the last line has no line end; it was exported with one",
                        export + ": as it was exported; 231 lines, the manifest has 231 entries");
    }

    @Test
    void aManifestThatIsBrokenIsRefusedInWords() throws Exception {
        write("own", "false");
        ObjectNode whole = (ObjectNode) JSON.readTree(manifest.toFile());
        String broken = manifest + " is no manifest that is whole: %s is missing, unknown or of another kind";
        assertBroken(whole.deepCopy().putNull("chain"), broken.formatted("chain"));
        assertBroken(whole.deepCopy().put("chain", "x"), broken.formatted("chain"));
        assertBroken(whole.deepCopy().putNull("export"), broken.formatted("export"));
        assertBroken(whole.deepCopy().put("entries", "many"), broken.formatted("entries"));
        assertBroken(whole.deepCopy().put("more", 1), broken.formatted("more"));
        assertBroken(whole.deepCopy().without("late"), broken.formatted("late"));
        ObjectNode seed = whole.deepCopy();
        ((ObjectNode) seed.path("chain")).put("seed", "00");
        assertBroken(seed, manifest + ": chain.algorithm and chain.seed are not those of camel-gitpod-manifest/1");
        Files.writeString(manifest, "{");
        assertThatThrownBy(() -> new Verification(manifest, told::add))
                .hasMessage(manifest + " is no manifest: it is not valid JSON");
    }

    @Test
    void linksThatAreNoneAreRefusedInWords() throws Exception {
        write("own", "false");
        Path links = Chain.file(manifest);
        for (String line : List.of("null", "{}", "[]", "[\"x\",\"y\"]", "[null,null]", "no JSON", "")) {
            Files.writeString(links, line + "\n");

            assertThatThrownBy(() -> new Verification(manifest, told::add))
                    .as(line)
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage(links + ", line 1: not a link; allowed: [\"64 hex digits\",\"the entry's id\"]");
        }
    }

    private void assertBroken(JsonNode changed, String message) throws IOException {
        Files.writeString(manifest, changed.toString());
        assertThatThrownBy(() -> new Verification(manifest, told::add))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage(message);
    }

    @Test
    void anExportInAnotherFormIsComparedWithTheServerOnly() throws Exception {
        write("ecs", "false");
        Verification verification = new Verification(manifest, told::add);

        assertThatThrownBy(() -> verification.export(export))
                .hasMessage(
                        "An export with form=ecs has not the entries' own texts, of which the chain is made: only the"
                                + " server can be compared");
        assertThat(verification.server(auditor())).isTrue();
    }

    @Test
    void anExportWithDetailsIsComparedWithTheServerById() throws Exception {
        simulator.auditLog().details(simulator.auditLog().ids().get(3), "{\"vetoExec\":{\"filename\":\"/bin/x\"}}");
        write("own", "all");
        assertThat(Files.readString(export)).contains("\"/bin/x\"");

        assertThat(new Verification(manifest, told::add).server(auditor())).isTrue();
        assertThat(told)
                .containsExactly(
                        "On the server: what was exported, no less and no more; by ids only, since the export has"
                                + " details");
    }

    @Test
    void aRangeThatIsAnotherOneTomorrowIsRefused() {
        Map<String, String> relative = new HashMap<>(settings("own", "false"));
        relative.put("from", "24h");

        assertThatThrownBy(() -> new ManifestWriter(manifest, relative))
                .hasMessage(
                        "--from=24h; allowed with --manifest: a time, such as 2026-01-01, which is the same for who checks");
    }

    @Test
    void halfAnExportLeavesNoManifestAndAWholeOneIsNotOverwritten() throws Exception {
        try (ManifestWriter writer = new ManifestWriter(manifest, settings("own", "false"))) {
            assertThat(writer.httpClient()).isNotNull();
        }
        assertThat(directory).isEmptyDirectory();
        write("own", "false");

        assertThatThrownBy(() -> new ManifestWriter(manifest, settings("own", "false")))
                .hasMessage("--manifest=" + manifest + "; allowed: a file that does not exist yet");
    }

    private static Map<String, String> settings(String form, String details) {
        return Map.of(
                "from",
                FROM.toString(),
                "to",
                TO.toString(),
                "subjectTypes",
                "user_secret",
                "form",
                form,
                "includeDetails",
                details,
                "sink",
                "file");
    }

    private String write(String form, String details) throws Exception {
        try (ManifestWriter writer = new ManifestWriter(manifest, settings(form, details))) {
            context.getComponent("gitpod", GitpodComponent.class)
                    .getConfiguration()
                    .setHttpClient(writer.httpClient());
            ask(context, simulator);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("gitpod:auditLogs?initialDelay=0&from=" + FROM + "&to=" + TO + "&includeDetails=" + details
                                    + "&subjectTypes=user_secret")
                            .process(exchange -> {
                                AuditLogEntry entry = exchange.getMessage().getBody(AuditLogEntry.class);
                                writer.add(entry);
                            })
                            .transformDataType(new DataType("gitpod:application-ndjson"))
                            .process(exchange -> append(exchange.getMessage().getBody(byte[].class)))
                            .to("mock:exported");
                }
            });
            MockEndpoint exported = context.getEndpoint("mock:exported", MockEndpoint.class);
            exported.expectedMessageCount(231);
            context.start();
            exported.assertIsSatisfied();
            return writer.finish(context, "forwarder 1");
        }
    }

    private void append(byte[] line) {
        try {
            Files.write(export, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertDiffers(String... differences) throws Exception {
        assertThat(new Verification(manifest, told::add).export(export)).isFalse();
        List<String> expected = new ArrayList<>(List.of(differences));
        expected.add(export + ": DIFFERS from what was exported; " + lines().size()
                + " lines, the manifest has 231 entries");
        assertThat(told).isEqualTo(expected);
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(List.of(Files.readString(export).split("\n")));
    }

    private void rewrite(List<String> lines) throws IOException {
        Files.writeString(export, String.join("\n", lines) + "\n");
    }

    private static String id(String line) throws IOException {
        return JSON.readTree(line).path("id").asText();
    }

    private CamelContext auditor() {
        return auditor(simulator);
    }

    private CamelContext auditor(GitpodSimulator server) {
        ask(auditor, server);
        auditor.start();
        return auditor;
    }

    private static void ask(CamelContext context, GitpodSimulator server) {
        GitpodConfiguration component =
                context.getComponent("gitpod", GitpodComponent.class).getConfiguration();
        component.setBaseUrl(server.baseUrl());
        component.setAccessToken(server.accessToken());
    }
}
