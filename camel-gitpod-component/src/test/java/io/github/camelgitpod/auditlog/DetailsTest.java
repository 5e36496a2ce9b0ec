package io.github.camelgitpod.auditlog;

import static io.github.camelgitpod.testing.GitpodTest.HOUR_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.model.AuditLogBatch;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.RecordedRequest;
import io.github.camelgitpod.simulator.ServerKind;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The option {@code includeDetails}: what the server tells of single entries only. */
class DetailsTest {
    private static final String KIND = "AUDIT_LOG_ENTRY_KIND_";
    private static final String VETO = KIND + "ENVIRONMENT_VETO";
    private static final String DETAILS =
            "{ \"vetoExec\" : {\"filename\":\"/bin/\\u0061 \\\"b\\\"\",\"process\":{\"pid\":1e3}},\"newer\":[1.00]}";

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    @ParameterizedTest
    @ValueSource(strings = {"false", "true", "ALL"})
    void onlyEntriesThatMayHaveSomeAreAskedFor(String wanted) throws Exception {
        List<Entry> likely = Stream.of(
                        "ENVIRONMENT_VETO", "AGENT_SECURITY_EXEC_BLOCKED", "AGENT_SECURITY_EXEC_AUDITED", "OF_TOMORROW")
                .map(kind -> add(KIND + kind))
                .toList();
        List<Entry> others = Stream.of(KIND + "RESOURCE_CHANGE", KIND + "CREDENTIAL_ACCESS", KIND + "UNSPECIFIED", "")
                .map(this::add)
                .toList();

        AuditLogRoute route = route("includeDetails=" + wanted).start().delivered(8);
        assertThat(route.ids()).containsExactlyElementsOf(simulator.auditLog().ids());
        List<Entry> asked = new ArrayList<>(wanted.equals("false") ? List.of() : likely);
        asked.addAll(wanted.equals("ALL") ? others : List.of());
        assertThat(simulator.requests().of("GetAuditLog"))
                .extracting(RecordedRequest::body)
                .containsExactlyElementsOf(asked.stream()
                        .map(entry -> "{\"auditLogEntryId\":\"" + entry.id() + "\"}")
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theTextIsTheServersOwnWithTheDetailsAsLastMember(boolean batching) throws Exception {
        Entry with = withDetails(Entry.ofJson("{ \"id\" : \"0194f5dd-01ca-75f4-a200-74381ed43f86\", \"createdAt\":\""
                + HOUR_AGO + "\",\"n\":1.50,\"kind\":\"" + VETO + "\" }"));
        Entry without = add(VETO);
        Entry already =
                withDetails(Entry.at(HOUR_AGO.plusSeconds(9)).withKind(VETO).withExtra("\"details\":\"own\""));

        AuditLogRoute route =
                route("includeDetails=true&batching=" + batching).start().delivered(batching ? 1 : 3);
        List<AuditLogEntry> entries = entries(route);
        String text = with.json();
        assertThat(entries)
                .extracting(entry -> entry.json().toString())
                .containsExactly(
                        text.substring(0, text.length() - 1) + ",\"details\":" + DETAILS + "}",
                        without.json(),
                        already.json());
        JsonNode read = new ObjectMapper().readTree(entries.get(0).json().toString());
        assertThat(read.at("/details/vetoExec/filename").asText()).isEqualTo("/bin/a \"b\"");
        assertThat(entries.get(0).kind()).isEqualTo(VETO);
    }

    @Test
    void aServerWithoutTheMethodIsToldOnceAndNotAskedAgain() throws Exception {
        simulator.serverKind(ServerKind.LEGACY_IGNORES);
        for (int i = 0; i < 20; i++) {
            add(VETO);
        }
        AuditLogRoute route = route("includeDetails=true").start().delivered(20);

        assertThat(route.ids()).containsExactlyElementsOf(simulator.auditLog().ids());
        // For the first entry, and for no entry.
        assertThat(simulator.requests().of("GetAuditLog")).hasSize(2);
        assertThat(gitpod.logs().warnings())
                .filteredOn(warning -> warning.contains("GetAuditLog"))
                .singleElement()
                .asString()
                .startsWith("The server has no GetAuditLog: entries go without details");
    }

    /** While a server starts behind a proxy, that says of everything that it is not there. */
    @Test
    void nothingGoesWithoutDetailsBecauseOfAProxys404() throws Exception {
        simulator.trouble().on("GetAuditLog").times(3).respondRaw(404, "text/html", "<h1>Not Found</h1>");
        withDetails(add(VETO));
        withDetails(add(VETO));

        AuditLogRoute route = route("includeDetails=true&maxRetries=0").start().delivered(2);
        assertThat(entries(route)).allMatch(DetailsTest::hasDetails);
        assertThat(gitpod.logs().warnings()).noneMatch(warning -> warning.contains("The server has no GetAuditLog"));
    }

    @ParameterizedTest
    @CsvSource({"404, not_found, 1", "400, invalid_argument, 1", "501, unimplemented, 9"})
    void whatWouldNeverBeAnsweredHoldsUpNothing(int status, String code, int times) throws Exception {
        simulator.trouble().on("GetAuditLog").times(times).respond(status, code, "no");
        add(VETO);
        withDetails(add(VETO));

        AuditLogRoute route = route("includeDetails=true&maxRetries=0").start().delivered(2);
        assertThat(hasDetails(entries(route).get(0))).isFalse();
        // Only 501 says of the method itself that it is not there.
        assertThat(hasDetails(entries(route).get(1))).isEqualTo(status != 501);
    }

    @ParameterizedTest
    @CsvSource({"false, 5", "true, 6", "false, 7"})
    void whateverFailsNothingIsLostAndEachEntryHasItsDetails(boolean batching, int seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 24; i++) {
            withDetails(add(VETO));
        }
        simulator.trouble().on("GetAuditLog").probability(0.1, seed).respond(500, "internal", "later");
        simulator.trouble().on("GetAuditLog").probability(0.1, seed + 1).reset();
        simulator.trouble().on("GetAuditLog").probability(0.1, seed + 2).respond(429, "resource_exhausted", "slowly");
        simulator.trouble().on("GetAuditLog").probability(0.05, seed + 3).truncate(40);
        List<AuditLogEntry> arrived = new ArrayList<>();
        int runs = 0;
        while (arrived.size() < 24) {
            // Each run ends in the middle: the next one begins with what the one before has saved.
            int wanted = Math.min(24 - arrived.size(), 3 + random.nextInt(12));
            try (AuditLogRoute route = route("includeDetails=true&pageSize=5&maxRetries=0&commitEvery=1&batching="
                            + batching + "&" + gitpod.state())
                    .start()) {
                await().until(() -> entries(route).size() >= wanted);
                route.stopping().join();
                arrived.addAll(entries(route));
            }
            runs++;
        }
        assertThat(runs).isGreaterThan(1);
        assertThat(arrived)
                .extracting(AuditLogEntry::id)
                .containsExactlyElementsOf(simulator.auditLog().ids());
        assertThat(arrived).allMatch(DetailsTest::hasDetails);
    }

    @Test
    void aRefusalHoldsTheEntryBackUntilAccessIsGiven() throws Exception {
        withDetails(add(VETO));
        simulator.trouble().on("GetAuditLog").respond(403, "permission_denied", "no");
        AuditLogRoute route = route("includeDetails=true").start();
        await().until(() -> !route.failures().isEmpty());
        route.polled();

        assertThat(route.exchanges()).isEmpty();
        // The gate of the credential, as for a listing.
        assertThat(simulator.requests().of("GetAuditLog")).hasSize(1);
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(route.health().getError().orElseThrow())
                .hasMessageContainingAll("GetAuditLog was answered with 403", "audit-log reader role");
        simulator.trouble().clear();
        simulator.rotateAccessToken("another");
        route.token("another");
        route.delivered(1).polled();
        assertThat(entries(route)).singleElement().matches(DetailsTest::hasDetails);
        assertThat(gitpod.logs().warnings())
                .filteredOn(warning -> warning.contains("403"))
                .hasSize(1);
    }

    /** Else a machine that cannot get the details would keep it from the others. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEntryThatWaitsIsNotClaimed(boolean batching) throws Exception {
        List<Entry> entries =
                Stream.generate(() -> withDetails(add(VETO))).limit(3).toList();
        AtomicInteger requests = new AtomicInteger();
        simulator
                .trouble()
                .on("GetAuditLog")
                .when(number -> requests.incrementAndGet() > 1)
                .respond(500, "internal", "");
        MemoryIdempotentRepository shared = new MemoryIdempotentRepository();
        AuditLogRoute route = route(
                        "includeDetails=true&maxRetries=0&idempotentRepository=#shared&batching=" + batching)
                .bind("shared", shared)
                .start();
        await().until(() -> !route.failures().isEmpty());

        route.betweenPolls(() ->
                assertThat(shared.getCache()).containsOnlyKeys(entries.get(0).id()));
        assertThat(entries(route))
                .extracting(AuditLogEntry::id)
                .containsExactly(entries.get(0).id());
    }

    private AuditLogRoute route(String options) {
        return gitpod.auditLogs("from=beginning&" + options);
    }

    private Entry add(String kind) {
        return simulator
                .auditLog()
                .add(Entry.at(HOUR_AGO.plusSeconds(1 + simulator.auditLog().size()))
                        .withKind(kind));
    }

    private Entry withDetails(Entry entry) {
        simulator.auditLog().details(entry.id(), DETAILS);
        return simulator.auditLog().ids().contains(entry.id())
                ? entry
                : simulator.auditLog().add(entry);
    }

    private static boolean hasDetails(AuditLogEntry entry) {
        return entry.json().toString().endsWith(",\"details\":" + DETAILS + "}");
    }

    private static List<AuditLogEntry> entries(AuditLogRoute route) {
        return route.exchanges().stream()
                .map(exchange -> exchange.getMessage().getBody())
                .flatMap(body -> body instanceof AuditLogBatch batch ? batch.stream() : Stream.of((AuditLogEntry) body))
                .toList();
    }
}
