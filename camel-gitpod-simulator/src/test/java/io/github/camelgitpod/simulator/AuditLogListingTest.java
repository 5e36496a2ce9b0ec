package io.github.camelgitpod.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.simulator.protocol.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditLogListingTest {

    private static final Instant T = Instant.parse("2026-03-01T10:00:00Z");
    private static final String ASC = "\"sort\":{\"field\":\"createdAt\",\"order\":\"SORT_ORDER_ASC\"}";

    private final SettableClock clock = new SettableClock("2026-03-01T12:00:00Z");

    @RegisterExtension
    final GitpodSimulatorExtension extension =
            new GitpodSimulatorExtension(GitpodSimulator.builder().clock(clock));

    private AuditLog log;
    private SimulatorClient client;

    @BeforeEach
    void connect() {
        log = extension.simulator().auditLog();
        client = new SimulatorClient(extension.simulator());
    }

    private List<String> fill(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> log.add(Entry.at(T.plusSeconds(i))).id())
                .toList();
    }

    private static List<String> reversed(List<String> ids) {
        List<String> copy = new ArrayList<>(ids);
        Collections.reverse(copy);
        return copy;
    }

    @Test
    void anEmptyLogIsAnEmptyObject() {
        assertThat(client.post("ListAuditLogs", "{}").body()).isEqualTo("{}");
    }

    @Test
    void newestFirstAndTwentyFiveByDefault() {
        List<String> ids = fill(30);
        JsonNode page = client.json("ListAuditLogs", "{}");
        assertThat(SimulatorClient.ids(page)).isEqualTo(reversed(ids).subList(0, 25));
        assertThat(SimulatorClient.ids(client.json("ListAuditLogs", "{\"pagination\":{\"pageSize\":0}}")))
                .hasSize(25);
    }

    @Test
    void walksOverAllPagesInBothOrders() {
        List<String> ids = fill(230);
        assertThat(client.walk(ASC, 100)).isEqualTo(ids);
        assertThat(client.walk("", 100)).isEqualTo(reversed(ids));
        assertThat(client.walk("\"sort\":{\"order\":\"SORT_ORDER_UNSPECIFIED\"}", 7))
                .isEqualTo(reversed(ids));
    }

    @Test
    void theLastPageHasNoTokenEvenIfItIsFull() {
        fill(20);
        JsonNode page = client.json("ListAuditLogs", "{\"pagination\":{\"pageSize\":20}}");
        assertThat(page.has("pagination")).isFalse();
    }

    @Test
    void theQueryStringWinsOverTheBody() {
        List<String> ids = fill(12);
        JsonNode first = client.json("ListAuditLogs?pageSize=5", "{" + ASC + ",\"pagination\":{\"pageSize\":3}}");
        assertThat(SimulatorClient.ids(first)).isEqualTo(ids.subList(0, 5));
        String token = SimulatorClient.nextToken(first);
        JsonNode second = client.json(
                "ListAuditLogs?token=" + token, "{" + ASC + ",\"pagination\":{\"pageSize\":3,\"token\":\"wrong\"}}");
        assertThat(SimulatorClient.ids(second)).isEqualTo(ids.subList(5, 8));
    }

    @Test
    void fromIsInclusiveAndToExclusiveToTheNanosecond() {
        String early = log.add(Entry.at(T.plusNanos(1))).id();
        String middle = log.add(Entry.at(T.plusNanos(2))).id();
        log.add(Entry.at(T.plusNanos(3)));
        String filter =
                "\"filter\":{\"from\":\"2026-03-01T10:00:00.000000001Z\",\"to\":\"2026-03-01T11:00:00.000000003+01:00\"}";
        assertThat(client.walk(filter + "," + ASC, 10)).containsExactly(early, middle);
    }

    @Test
    void timestampsAreSentAsGiven() {
        for (String text : List.of(
                "2026-03-01T10:00:00Z",
                "2026-03-01T10:00:00.5Z",
                "2026-03-01T10:00:00.123456Z",
                "2026-03-01T12:00:00.123456789+02:00")) {
            log.add(Entry.at(T).withCreatedAt(text));
        }
        List<String> texts = new ArrayList<>();
        client.json("ListAuditLogs", "{" + ASC + "}")
                .get("entries")
                .forEach(entry -> texts.add(entry.get("createdAt").asText()));
        assertThat(texts)
                .containsExactly(
                        "2026-03-01T10:00:00Z",
                        "2026-03-01T10:00:00.123456Z",
                        "2026-03-01T12:00:00.123456789+02:00",
                        "2026-03-01T10:00:00.5Z");
    }

    @Test
    void filtersAreAndAcrossFieldsAndOrInside() {
        String someone = UUID.randomUUID().toString();
        String thing = UUID.randomUUID().toString();
        Entry runner =
                log.add(Entry.at(T).withActor("PRINCIPAL_RUNNER", someone).withSubject("RESOURCE_TYPE_RUNNER", thing));
        Entry user = log.add(Entry.at(T.plusSeconds(1))
                .withActor("PRINCIPAL_USER", someone)
                .withSubject("RESOURCE_TYPE_PROJECT", thing));
        Entry other = log.add(Entry.at(T.plusSeconds(2)));
        assertThat(client.walk("\"filter\":{\"actorIds\":[\"" + someone.toUpperCase() + "\"]}," + ASC, 1))
                .containsExactly(runner.id(), user.id());
        assertThat(client.walk(
                        "\"filter\":{\"actorIds\":[\"" + someone + "\"],\"actorPrincipals\":[\"PRINCIPAL_USER\"]}", 10))
                .containsExactly(user.id());
        assertThat(client.walk(
                        "\"filter\":{\"subjectTypes\":[\"RESOURCE_TYPE_RUNNER\",\"RESOURCE_TYPE_ENVIRONMENT\"]}," + ASC,
                        10))
                .containsExactly(runner.id(), other.id());
        assertThat(client.walk("\"filter\":{\"subjectIds\":[\"" + thing + "\"]}," + ASC, 10))
                .containsExactly(runner.id(), user.id());
    }

    @Test
    void entriesAreSentByteForByte() {
        String odd = "{ \"createdAt\":\"2026-03-01T10:00:00.10Z\", \"id\" : \"019548f0-0000-7000-8000-000000000001\","
                + "\"later\":{\"a\":[1,2.50]},\"action\":\"\\u2028 é\",\"actorPrincipal\":\"PRINCIPAL_NEW\"}";
        log.add(Entry.ofJson(odd));
        String plain = log.add(Entry.at(T).withKind(null).withExtra("\"region\":\"eu\""))
                .json();
        assertThat(client.post("ListAuditLogs", "{}").body()).isEqualTo("{\"entries\":[" + odd + "," + plain + "]}");
        assertThat(Json.read(plain).has("kind")).isFalse();
        assertThat(Json.read(plain).get("region").asText()).isEqualTo("eu");
    }

    @Test
    void anEntryCanBecomeVisibleLaterThanOthers() {
        Entry late = log.add(Entry.at(T), clock.instant().plusSeconds(90));
        Entry prompt = log.add(Entry.at(T.plusSeconds(5)));
        assertThat(client.walk(ASC, 10)).containsExactly(prompt.id());
        assertThat(log.size()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(90));
        assertThat(client.walk(ASC, 10)).containsExactly(late.id(), prompt.id());
        assertThat(log.entries()).containsExactly(late, prompt);
    }

    @Test
    void manyEntriesAreAddedInAnyOrder() {
        Random random = new Random(3);
        List<Entry> entries = IntStream.range(0, 500)
                .mapToObj(i -> Entry.at(T.plusMillis(random.nextInt(200))))
                .toList();
        log.addAll(entries);
        List<String> sorted = log.ids();
        assertThat(sorted).hasSize(500);
        assertThat(log.entries())
                .isSortedAccordingTo(Comparator.comparing(Entry::time).thenComparing(Entry::id));
        assertThat(client.walk(ASC, 100)).isEqualTo(sorted);
    }
}
