package io.github.camelgitpod.auditlog;

import static io.github.camelgitpod.testing.GitpodTest.HOUR_AGO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One exchange for each page. */
class BatchingTest {

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final List<String> ids = gitpod.entries(100);

    @Test
    void thePagesComeAsListsInOrder() throws Exception {
        AuditLogRoute route = route("pageSize=30").start();
        route.delivered(4).polled();

        assertThat(route.exchanges()).hasSize(4);
        assertThat(ids(route)).containsExactlyElementsOf(ids);
        Exchange first = route.exchanges().get(0);
        assertThat(first.getMessage().getBody(List.class)).hasSize(30);
        assertThat(first.getMessage().getHeaders()).doesNotContainKey(GitpodConstants.LATE);
        assertThat(first.getProperty(ExchangePropertyKey.BATCH_SIZE)).isEqualTo(1);
        assertThat(first.getProperty(ExchangePropertyKey.BATCH_COMPLETE)).isEqualTo(true);
    }

    @Test
    void asTextABatchIsAJsonArrayOfTheEntriesAsSent() throws Exception {
        AuditLogRoute route = route("pageSize=3").start();
        route.delivered(1);

        Exchange exchange = route.exchanges().get(0);
        List<?> entries = exchange.getMessage().getBody(List.class);
        String expected = entries.stream()
                .map(entry -> ((AuditLogEntry) entry).json().toString())
                .reduce((one, two) -> one + "," + two)
                .map(all -> "[" + all + "]")
                .orElseThrow();
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo(expected);
        assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo(expected.getBytes(StandardCharsets.UTF_8));
        assertThat(exchange.getMessage().getBody(InputStream.class)).hasContent(expected);
        assertThat(exchange.getMessage().getBody(JsonNode.class)).hasSize(3);
        // As marshal().json() does it.
        assertThat(new ObjectMapper().writeValueAsString(exchange.getMessage().getBody()))
                .isEqualTo(expected);
    }

    @Test
    void aPageThatFailsComesAgainAndTheOnesBeforeItDoNot() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        String unlucky = ids.get(45);
        AuditLogRoute route =
                route("pageSize=30").doing(failingFor(unlucky, broken)).start();
        route.delivered(4);
        assertThat(firstIds(route).subList(1, 4)).containsOnly(ids.get(30));

        broken.set(false);
        await(route, 100);
        assertThat(ids(route).stream().distinct()).containsExactlyElementsOf(ids);
        assertThat(firstIds(route)).startsWith(ids.get(0)).containsOnlyOnce(ids.get(0));
    }

    @Test
    void withoutBreakOnFirstErrorAPageThatFailsIsPassedOver() throws Exception {
        String unlucky = ids.get(45);
        AuditLogRoute route = route("pageSize=30&breakOnFirstError=false")
                .doing(failingFor(unlucky, new AtomicBoolean(true)))
                .start();
        route.delivered(4).polled();

        assertThat(ids(route)).containsExactlyElementsOf(ids);
        assertThat(route.consumer().coverageReport())
                .contains("100 entries", "with 29 entries the route failed", ids.get(30) + " of", unlucky + " of");
    }

    @Test
    void theCursorIsSavedOnceForEachPage() throws Exception {
        CountingRepository repository = new CountingRepository();
        AuditLogRoute route = gitpod.auditLogs(
                        "from=beginning&batching=true&pageSize=30&commitEvery=1&stateRepository=#counting")
                .bind("counting", repository)
                .doing(exchange -> repository.savesAtDeliveries.add(repository.saves))
                .start();
        route.delivered(4);

        // One for the begin, and one after each page.
        assertThat(repository.savesAtDeliveries).containsExactly(1, 2, 3, 4);
    }

    @Test
    void maxMessagesPerPollCountsEntries() throws Exception {
        AuditLogRoute route = route("pageSize=30&maxMessagesPerPoll=40").start();
        await(route, 100);
        route.polled();

        assertThat(ids(route)).containsExactlyElementsOf(ids);
        // A page begins with the last entry of the one before.
        assertThat(route.exchanges().stream().map(BatchingTest::size)).startsWith(30, 10, 29, 11);
    }

    @Test
    void whatAnotherMachineHasDeliveredIsLeftOutOfTheBatch() throws Exception {
        MemoryIdempotentRepository shared = new MemoryIdempotentRepository();
        shared.start();
        ids.subList(10, 20).forEach(shared::add);
        AuditLogRoute route = route("pageSize=30&idempotentRepository=#shared")
                .bind("shared", shared)
                .start();
        route.delivered(4).polled();

        assertThat(route.exchanges().stream().map(BatchingTest::size)).containsExactly(20, 29, 29, 12);
        assertThat(ids).allMatch(shared::contains);
    }

    @Test
    void aBatchEndsBeforeAnEntryThatAnotherMachineIsAt() throws Exception {
        MemoryIdempotentRepository shared = new MemoryIdempotentRepository();
        shared.start();
        shared.add("claim/" + ids.get(10));
        AuditLogRoute route = route("pageSize=30&idempotentRepository=#shared")
                .bind("shared", shared)
                .start();
        route.delivered(1).polled();
        assertThat(ids(route)).containsExactlyElementsOf(ids.subList(0, 10));

        shared.add(ids.get(10));
        shared.remove("claim/" + ids.get(10));
        await(route, 99);
        assertThat(ids(route)).doesNotHaveDuplicates().doesNotContain(ids.get(10));
    }

    @Test
    void aBatchWithALateEntryIsMarked() throws Exception {
        AuditLogRoute route = route("lookback=2h").start();
        route.delivered(1);
        // Within the last seconds, which each poll reads.
        simulator.auditLog().add(Entry.at(HOUR_AGO.plusSeconds(98).plusMillis(1)));
        route.delivered(2);

        assertThat(route.exchanges().get(1).getMessage().getHeader(GitpodConstants.LATE))
                .isEqualTo(true);
    }

    private static Processor failingFor(String id, AtomicBoolean broken) {
        return exchange -> {
            List<?> entries = exchange.getMessage().getBody(List.class);
            if (broken.get()
                    && entries.stream()
                            .anyMatch(entry -> ((AuditLogEntry) entry).id().equals(id))) {
                throw new IllegalStateException("the sink is down");
            }
        };
    }

    private static void await(AuditLogRoute route, int entries) {
        Awaitility.await().until(() -> ids(route).stream().distinct().count() >= entries);
    }

    private static int size(Exchange exchange) {
        return exchange.getMessage().getBody(List.class).size();
    }

    private static List<String> firstIds(AuditLogRoute route) {
        return route.exchanges().stream()
                .map(exchange -> ((AuditLogEntry)
                                exchange.getMessage().getBody(List.class).get(0))
                        .id())
                .toList();
    }

    private static List<String> ids(AuditLogRoute route) {
        return route.exchanges().stream()
                .flatMap(exchange -> ((List<?>) exchange.getMessage().getBody(List.class)).stream())
                .map(entry -> ((AuditLogEntry) entry).id())
                .toList();
    }

    private AuditLogRoute route(String options) {
        return gitpod.auditLogs("from=beginning&batching=true&" + gitpod.state() + "&" + options);
    }

    private static final class CountingRepository extends MemoryStateRepository {
        private final List<Integer> savesAtDeliveries = new CopyOnWriteArrayList<>();
        private int saves;

        @Override
        public void setState(String key, String value) {
            saves++;
            super.setState(key, value);
        }
    }
}
