package io.github.camelgitpod.examples.siem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.examples.siem.HttpSink.Answer;
import io.github.camelgitpod.examples.siem.HttpSink.Request;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A real OpenSearch, which is stopped in the middle, answers into the void, is overloaded, and refuses a document. */
class OpenSearchTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String INDEX = "/gitpod-audit-log";
    private static final String BULK = INDEX + "/_bulk";
    private static final String JSON = "application/json";

    @RegisterExtension
    final GitpodSimulatorExtension extension =
            new GitpodSimulatorExtension(GitpodSimulator.builder().history(1_000));

    @TempDir
    Path directory;

    private final Arrivals arrivals = new Arrivals();
    private OpenSearchNode node;

    @Test
    void eachEntryIsOneDocumentWhateverHappens() throws Exception {
        GitpodSimulator gitpod = extension.simulator();
        Entry tooLong =
                gitpod.auditLog().add(Entry.at(gitpod.now().minusSeconds(1)).withAction("x".repeat(40_000)));
        Set<String> expected = new HashSet<>(gitpod.auditLog().ids());
        expected.remove(tooLong.id());
        try (OpenSearchNode server = new OpenSearchNode(directory.resolve("opensearch"));
                HttpSink port = new HttpSink(this::take)) {
            node = server;
            node.send("PUT", INDEX, JSON, "{\"mappings\":{\"properties\":{\"message\":{\"type\":\"keyword\"}}}}");
            port.at(BULK, 3, request -> {
                node.close();
                return null;
            });
            port.at(BULK, 4, request -> {
                node.start();
                return take(request);
            });
            port.at(BULK, 6, request -> {
                take(request);
                return null;
            });
            port.at(BULK, 8, request -> new Answer(503, "{\"error\":\"no cluster manager\"}"));
            port.at(BULK, 10, this::takeHalf);

            try (Forwarding route = new Forwarding("opensearch", gitpod, directory, settings(port))) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> arrivals.ids().equals(expected));
                await().atMost(ONE_MINUTE).until(() -> Files.exists(refused()));
            }
            assertThat(documents()).isEqualTo(expected);

            JsonNode refusal = MAPPER.readTree(Files.readString(refused()));
            assertThat(refusal.path("entry").asText()).isEqualTo(tooLong.json());
            assertThat(refusal.at("/reason/type").asText()).isEqualTo("illegal_argument_exception");
            assertThat(arrivals.repeated())
                    .as("of the request without an answer, and of no other")
                    .isBetween(1L, 100L);
            arrivals.report(
                    "OpenSearch",
                    "stopped, and started again; answer lost; 503; 429 for half of the documents",
                    expected.size());
        }
    }

    private Map<String, String> settings(HttpSink port) {
        return Map.of(
                "opensearch.url",
                port.url(),
                "opensearch.refused",
                refused().getParent().toString());
    }

    private Path refused() {
        return directory.resolve("refused").resolve("refused.ndjson");
    }

    private Answer take(Request bulk) throws IOException, InterruptedException {
        Answer answer = node.send("POST", bulk.path(), "application/x-ndjson", bulk.body());
        if (answer != null) {
            List<String> taken = new ArrayList<>();
            for (JsonNode item : MAPPER.readTree(answer.body()).path("items")) {
                if (item.at("/create/status").asInt() != 400) {
                    taken.add(item.at("/create/_id").asText());
                }
            }
            arrivals.add(taken);
        }
        return answer;
    }

    /** As a server whose queue is full after half of the documents. */
    private Answer takeHalf(Request bulk) throws IOException, InterruptedException {
        List<String> lines = bulk.body().lines().toList();
        int half = lines.size() / 4 * 2;
        Answer answer =
                take(new Request(bulk.path(), bulk.headers(), String.join("\n", lines.subList(0, half)) + "\n"));
        ObjectNode body = (ObjectNode) MAPPER.readTree(answer.body());
        body.put("errors", true);
        ArrayNode items = (ArrayNode) body.path("items");
        for (int i = half; i < lines.size(); i += 2) {
            JsonNode id = MAPPER.readTree(lines.get(i)).at("/create/_id");
            ObjectNode result = items.addObject().putObject("create").put("status", 429);
            result.set("_id", id);
            result.putObject("error").put("type", "rejected_execution_exception");
        }
        return new Answer(200, body.toString());
    }

    /** By their _id, of the index itself. */
    private Set<String> documents() throws IOException, InterruptedException {
        node.send("POST", INDEX + "/_refresh", JSON, "");
        Answer answer = node.send("POST", INDEX + "/_search", JSON, "{\"size\":10000,\"_source\":false}");
        Set<String> ids = new HashSet<>();
        if (answer != null) {
            MAPPER.readTree(answer.body())
                    .at("/hits/hits")
                    .forEach(hit -> ids.add(hit.path("_id").asText()));
        }
        return ids;
    }
}
