package io.github.camelgitpod.auditlog;

import static io.github.camelgitpod.testing.GitpodTest.HOUR_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a route gets to see of the audit log. */
class AuditLogDeliveryTest {

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    @Test
    void everyEntryComesOnceAndOldestFirstAlsoWhereTimesAreEqualAcrossAPageBoundary() throws Exception {
        List<Entry> entries = new ArrayList<>();
        IntStream.range(0, 50).forEach(i -> entries.add(Entry.at(HOUR_AGO.plusMillis(i))));
        IntStream.range(0, 101)
                .forEach(i -> entries.add(Entry.at(HOUR_AGO.plusSeconds(60).plusNanos(123_456_000))));
        IntStream.range(0, 250)
                .forEach(i -> entries.add(Entry.at(HOUR_AGO.plusSeconds(120).plusNanos(i))));
        IntStream.range(0, 120)
                .forEach(i -> entries.add(Entry.at(HOUR_AGO.plusSeconds(180).plusNanos(i * 1000L))));
        simulator.auditLog().addAll(entries);

        AuditLogRoute route = gitpod.auditLogs("from=beginning").start();
        await().until(() -> route.exchanges().size() >= entries.size());
        route.polled();

        assertThat(route.ids())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(simulator.auditLog().ids());
        assertThat(route.exchanges())
                .extracting(exchange ->
                        exchange.getMessage().getBody(AuditLogEntry.class).createdAt())
                .isSorted();
        assertThat(route.exchanges())
                .allSatisfy(exchange -> assertThat(exchange.getMessage().getHeader(GitpodConstants.LATE))
                        .isNull());
    }

    @Test
    void headersAndPropertiesTellWhatTheEntrySays() throws Exception {
        Entry entry = simulator
                .auditLog()
                .add(Entry.at(HOUR_AGO.plusNanos(123_456_789))
                        .withSubject("RESOURCE_TYPE_OF_TOMORROW", "0194f5dd-01ca-75f4-a200-74381ed43f86")
                        .withKind("AUDIT_LOG_ENTRY_KIND_OF_TOMORROW"));
        simulator.auditLog().add(Entry.at(HOUR_AGO.plusSeconds(1)));

        AuditLogRoute route = gitpod.auditLogs("from=beginning").start();
        await().until(() -> route.exchanges().size() == 2);
        Exchange first = route.exchanges().get(0);

        assertThat(first.getMessage().getHeaders())
                .containsEntry("CamelGitpodEntryId", entry.id())
                .containsEntry("CamelGitpodAction", entry.action())
                .containsEntry("CamelGitpodActorId", entry.actorId())
                .containsEntry("CamelGitpodActorPrincipal", "PRINCIPAL_USER")
                .containsEntry("CamelGitpodSubjectId", "0194f5dd-01ca-75f4-a200-74381ed43f86")
                .containsEntry("CamelGitpodSubjectType", "RESOURCE_TYPE_OF_TOMORROW")
                .containsEntry("CamelGitpodKind", "AUDIT_LOG_ENTRY_KIND_OF_TOMORROW")
                .containsEntry("CamelGitpodCreatedAt", entry.createdAt())
                .containsEntry("CamelMessageTimestamp", HOUR_AGO.toEpochMilli() + 123);
        assertThat(first.getProperty(ExchangePropertyKey.BATCH_SIZE)).isEqualTo(2);
        assertThat(first.getProperty(ExchangePropertyKey.BATCH_INDEX)).isEqualTo(0);
        assertThat(first.getProperty(ExchangePropertyKey.BATCH_COMPLETE)).isEqualTo(false);
        assertThat(route.exchanges().get(1).getProperty(ExchangePropertyKey.BATCH_COMPLETE))
                .isEqualTo(true);
    }

    @Test
    void theTextOfAnEntryIsTheServersOwnInEveryForm() throws Exception {
        String text = "{ \"new\":{\"b\":[1.50,null]},\"id\":\"01951d94-d6ac-7edf-9021-a044cfd1908f\","
                + "\"action\":\"gel\\u00f6scht → ü\",  \"createdAt\":\"" + HOUR_AGO + "\" }";
        simulator.auditLog().add(Entry.ofJson(text));
        List<Object> seen = new ArrayList<>();

        DefaultCamelContext context = gitpod.context();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("gitpod:auditLogs?from=beginning&initialDelay=0")
                        .process(exchange -> {
                            seen.add(exchange.getMessage().getBody(String.class));
                            seen.add(new String(exchange.getMessage().getBody(byte[].class), "UTF-8"));
                            seen.add(new String(
                                    exchange.getMessage()
                                            .getBody(InputStream.class)
                                            .readAllBytes(),
                                    "UTF-8"));
                            seen.add(exchange.getMessage().getBody(JsonNode.class));
                            seen.add(exchange.getMessage().getBody(Map.class));
                        })
                        .setProperty("simple", simple("${body.action} ${body}"))
                        .marshal()
                        .json()
                        .process(exchange -> {
                            seen.add(exchange.getProperty("simple"));
                            seen.add(exchange.getMessage().getBody(String.class));
                        })
                        .to("mock:end");
            }
        });
        context.start();
        await().until(() -> seen.size() == 7);

        assertThat(seen.subList(0, 3)).containsOnly(text);
        assertThat(((JsonNode) seen.get(3)).at("/new/b/0").asText()).isEqualTo("1.50");
        assertThat((Map<?, ?>) seen.get(4)).extracting("action").isEqualTo("gelöscht → ü");
        assertThat(seen.get(5)).isEqualTo("gelöscht → ü " + text);
        assertThat(seen.get(6)).isEqualTo(text);
    }

    @Test
    void byDefaultItBeginsNowAndARestartGoesOnFromThere() throws Exception {
        simulator.auditLog().add(Entry.at(HOUR_AGO));
        String options = gitpod.state();
        try (AuditLogRoute route = gitpod.auditLogs(options).start()) {
            await().until(() -> simulator.requests().count("ListAuditLogs") >= 2);
            assertThat(route.exchanges()).isEmpty();
        }
        Entry whileStopped = simulator.auditLog().add(Entry.at(simulator.now()));

        AuditLogRoute route = gitpod.auditLogs(options).start();
        await().until(() -> !route.exchanges().isEmpty());
        assertThat(route.ids()).containsExactly(whileStopped.id());
    }

    @Test
    void aRestartRepeatsNothingAndMissesNothing() throws Exception {
        String options = "from=beginning&lookback=10m&" + gitpod.state();
        List<String> delivered = new ArrayList<>();
        for (int run = 0; run < 5; run++) {
            IntStream.range(0, 130).forEach(i -> simulator.auditLog().add(Entry.at(simulator.now())));
            try (AuditLogRoute route = gitpod.auditLogs(options).start()) {
                await().until(() -> delivered.size() + route.exchanges().size()
                        >= simulator.auditLog().size());
                delivered.addAll(route.ids());
            }
        }

        assertThat(delivered)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(simulator.auditLog().ids());
    }

    @Test
    void anEntryThatBecomesVisibleLateIsDeliveredAndMarked() throws Exception {
        Entry early = Entry.at(simulator.now().minusSeconds(8));
        simulator.auditLog().add(Entry.at(simulator.now().minusSeconds(1)));

        AuditLogRoute route = gitpod.auditLogs("from=1h&lookback=10s").start();
        await().until(() -> route.exchanges().size() == 1);
        simulator.auditLog().add(early);
        // Only the next full read, half a lookback later, looks that far back.
        await().atMost(Duration.ofSeconds(20)).until(() -> route.exchanges().size() == 2);

        Exchange late = route.exchanges().get(1);
        assertThat(route.ids().get(1)).isEqualTo(early.id());
        assertThat(late.getMessage().getHeader(GitpodConstants.LATE)).isEqualTo(true);
    }

    @Test
    void filtersAreSentInFull() throws Exception {
        String actor = "d2c94c27-3b76-4a42-b88c-95a85e392c68";
        Entry wanted = simulator
                .auditLog()
                .add(Entry.at(HOUR_AGO)
                        .withActor("PRINCIPAL_USER", actor)
                        .withSubject("RESOURCE_TYPE_USER_SECRET", actor));
        simulator.auditLog().add(Entry.at(HOUR_AGO).withActor("PRINCIPAL_USER", actor));
        simulator.auditLog().add(Entry.at(HOUR_AGO).withSubject("RESOURCE_TYPE_SSO_CONFIG", actor));

        AuditLogRoute route = gitpod.auditLogs(
                        "from=beginning&subjectTypes=user_secret,RESOURCE_TYPE_SSO_CONFIG&actorPrincipals=User"
                                + "&actorIds=" + actor + "&subjectIds=" + actor
                                + "&subjectIds=0194f5dd-01ca-75f4-a200-74381ed43f86")
                .start();
        await().until(() -> !route.exchanges().isEmpty());
        route.polled();

        assertThat(route.ids()).containsExactly(wanted.id());
        assertThat(simulator.requests().of("ListAuditLogs").get(0).body())
                .contains("\"subjectTypes\":[\"RESOURCE_TYPE_SSO_CONFIG\",\"RESOURCE_TYPE_USER_SECRET\"]")
                .contains("\"actorPrincipals\":[\"PRINCIPAL_USER\"]");
    }

    @Test
    void aPollDeliversAtMostMaxMessagesPerPollAndTheNextOneGoesOn() throws Exception {
        List<String> ids = gitpod.entries(25);

        AuditLogRoute route =
                gitpod.auditLogs("from=beginning&maxMessagesPerPoll=10").start();
        await().until(() -> route.exchanges().size() == 25);

        assertThat(route.exchanges())
                .extracting(exchange -> exchange.getProperty(ExchangePropertyKey.BATCH_SIZE))
                .containsOnly(10, 5);
        assertThat(route.ids()).containsExactlyElementsOf(ids);
    }

    @Test
    void withAnEndItDeliversUpToThereAndPollsNoMore() throws Exception {
        Entry before = simulator.auditLog().add(Entry.at(HOUR_AGO.minusNanos(1)));
        simulator.auditLog().add(Entry.at(HOUR_AGO));

        AuditLogRoute route = gitpod.auditLogs("from=beginning&to=" + HOUR_AGO).start();
        await().until(() -> gitpod.logs().messages().stream()
                .anyMatch(line -> line.contains("has delivered everything before to=" + HOUR_AGO)));

        assertThat(route.ids()).containsExactly(before.id());
        assertThat(gitpod.logs().messages())
                .filteredOn(line -> line.contains("has caught up"))
                .singleElement()
                .asString()
                .contains("route audit", "has caught up: 1 entry in ");
    }

    @Test
    void theEndIsNotToldOnlyByTheNextPoll() throws Exception {
        // After the first poll, which finds nothing, the scheduler polls no more for minutes.
        gitpod.auditLogs("from=1h&lookback=0&to=" + simulator.now().plusSeconds(1)
                        + "&backoffMultiplier=100000&backoffIdleThreshold=1")
                .start();

        await().until(() -> gitpod.logs().messages().stream()
                .anyMatch(line -> line.contains("has delivered everything before to=")));
    }
}
