package io.github.camelgitpod.auditlog;

import static io.github.camelgitpod.testing.GitpodTest.HOUR_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.GitpodApiException;
import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.GitpodOrigin;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.AuditLogListing;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.PageTokens;
import io.github.camelgitpod.simulator.ServerKind;
import io.github.camelgitpod.testing.GitpodTest;
import io.github.camelgitpod.transform.CloudEventsJsonTransformer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gitpod:auditLogs} as a producer: queries on demand. */
class AuditLogProducerTest {
    private static final String IDENTITY = "GetAuthenticatedIdentity";
    private static final String VETO = "AUDIT_LOG_ENTRY_KIND_ENVIRONMENT_VETO";

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final DefaultCamelContext context = gitpod.context();
    private List<String> ids;

    @BeforeEach
    void fill() {
        ids = gitpod.entries(250);
    }

    @ParameterizedTest
    @EnumSource(ServerKind.class)
    void theNewestHundredAreListedWhateverTheServerIs(ServerKind server) throws Exception {
        simulator.serverKind(server);

        assertThat(list("", Map.of())).containsExactlyElementsOf(newestFirst(150, 250));
        assertThat(simulator.requests().of("ListAuditLogs")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(ServerKind.class)
    void aRangeIsListedInEitherOrderWhateverTheServerIs(ServerKind server) throws Exception {
        simulator.serverKind(server);
        String range = "limit=0&from=" + HOUR_AGO.plusSeconds(20) + "&to=" + HOUR_AGO.plusSeconds(240);

        assertThat(list(range, Map.of())).containsExactlyElementsOf(newestFirst(20, 240));
        assertThat(list(range + "&sort=asc", Map.of())).containsExactlyElementsOf(ids.subList(20, 240));
        assertThat(list("from=2h&sort=asc&limit=3", Map.of())).containsExactlyElementsOf(ids.subList(0, 3));
    }

    @Test
    void headersTakeThePlacesOfOptions() throws Exception {
        simulator.auditLog().add(Entry.at(HOUR_AGO.plusSeconds(300)).withSubject("RESOURCE_TYPE_GROUP", id(1)));
        simulator.auditLog().add(Entry.at(HOUR_AGO.plusSeconds(301)).withSubject("RESOURCE_TYPE_USER", id(2)));
        simulator
                .auditLog()
                .add(Entry.at(HOUR_AGO.plusSeconds(302))
                        .withActor("PRINCIPAL_RUNNER", id(3))
                        .withKind(VETO));
        List<String> all = simulator.auditLog().ids();
        String options = "sort=asc&subjectTypes=user&limit=1&from=" + HOUR_AGO.plusSeconds(400);

        assertThat(list(options, Map.of())).isEmpty();
        assertThat(list(options, Map.of("CamelGitpodFrom", "beginning"))).containsExactly(all.get(251));
        assertThat(list(
                        options,
                        Map.of(
                                "CamelGitpodFrom",
                                HOUR_AGO,
                                "CamelGitpodSubjectTypes",
                                List.of("Group", "user"),
                                "CamelGitpodLimit",
                                5)))
                .containsExactly(all.get(250), all.get(251));
        options = "sort=asc&limit=1&from=" + HOUR_AGO.plusSeconds(400);
        Map<String, Object> none = Map.of("CamelGitpodFrom", "P1D", "CamelGitpodLimit", "0");
        assertThat(list(options, with(none, "CamelGitpodKinds", "environment_veto")))
                .containsExactly(all.get(252));
        assertThat(list(options, with(none, "CamelGitpodActorPrincipals", "runner")))
                .containsExactly(all.get(252));
        assertThat(list(options, with(none, "CamelGitpodActorIds", id(3)))).containsExactly(all.get(252));
        assertThat(list(options, with(none, "CamelGitpodSubjectIds", id(1) + "," + id(2))))
                .containsExactly(all.get(250), all.get(251));
        assertThat(list(
                        options,
                        with(none, "CamelGitpodTo", HOUR_AGO.plusSeconds(2).toString())))
                .containsExactly(all.get(0), all.get(1));
    }

    @ParameterizedTest
    @CsvSource({
        "CamelGitpodLimit, -1",
        "CamelGitpodLimit, many",
        "CamelGitpodFrom, tomorrow",
        "CamelGitpodKinds, veto",
        "CamelGitpodActorIds, bob",
        "CamelGitpodTo, 24h"
    })
    void aWrongHeaderIsNamed(String header, String value) throws Exception {
        Exchange exchange = ask("", Map.of(header, value), seen -> {});

        assertThat(exchange.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("(header " + header + ")", value, "; allowed: ");
        assertThat(simulator.requests().all()).isEmpty();
    }

    /** A query for nothing, such as of a variable that is not set, must not become one for everything. */
    @ParameterizedTest
    @ValueSource(
            strings = {"SubjectIds", "SubjectTypes", "ActorIds", "ActorPrincipals", "Kinds", "From", "To", "Limit"})
    void anEmptyHeaderIsNoQueryForEverything(String header) throws Exception {
        for (Object nothing : List.of("", " ", List.of())) {
            Exchange exchange = ask("", Map.of("CamelGitpod" + header, nothing), seen -> {});

            assertThat(exchange.getException())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("(header CamelGitpod" + header + ")", "; allowed: ");
        }
        assertThat(simulator.requests().all()).isEmpty();
    }

    @Test
    void theLimitCountsWhatPassesTheFilter() throws Exception {
        for (int i = 0; i < 250; i += 10) {
            simulator.auditLog().add(Entry.at(HOUR_AGO.plusSeconds(i)).withKind(VETO));
        }
        List<String> vetoes = new ArrayList<>(simulator.auditLog().entries().stream()
                .filter(entry -> VETO.equals(entry.kind()))
                .map(Entry::id)
                .toList());

        assertThat(list("kinds=environment_veto&limit=20&sort=asc", Map.of()))
                .containsExactlyElementsOf(vetoes.subList(0, 20));
        Collections.reverse(vetoes);
        assertThat(list("kinds=environment_veto&limit=20", Map.of())).containsExactlyElementsOf(vetoes.subList(0, 20));
    }

    @Test
    void pagesAreReadWhenTheRouteWantsThem() throws Exception {
        List<Integer> requests = new ArrayList<>();
        ask("limit=0", Map.of(), exchange -> {
            requests.add(simulator.requests().of("ListAuditLogs").size());
            Iterator<?> entries =
                    exchange.getMessage().getBody(AuditLogListing.class).iterator();
            for (int wanted : List.of(100, 1)) {
                for (int i = 0; i < wanted; i++) {
                    entries.next();
                }
                requests.add(simulator.requests().of("ListAuditLogs").size());
            }
        });

        assertThat(requests).containsExactly(1, 1, 2);
    }

    @Test
    void eachIteratorBeginsAnew() throws Exception {
        ask("limit=0&sort=asc", Map.of(), exchange -> {
            AuditLogListing listing = exchange.getMessage().getBody(AuditLogListing.class);
            assertThat(read(listing)).containsExactlyElementsOf(ids);
            String late = simulator
                    .auditLog()
                    .add(Entry.at(HOUR_AGO.plusSeconds(900)))
                    .id();
            assertThat(read(listing)).startsWith(ids.get(0)).endsWith(late).hasSize(251);
        });
    }

    @ParameterizedTest
    @ValueSource(classes = {String.class, InputStream.class, byte[].class, JsonNode.class, List.class})
    void asTextItIsOneArrayOfTheServersOwnTexts(Class<?> type) throws Exception {
        String expected = "["
                + String.join(
                        ",",
                        simulator.auditLog().entries().stream().map(Entry::json).toList()) + "]";
        ask("limit=0&sort=asc", Map.of(), exchange -> {
            Object converted = exchange.getMessage().getBody(type);
            String text = converted instanceof InputStream in
                    ? new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    : converted instanceof JsonNode || converted instanceof List<?>
                            ? new ObjectMapper().writeValueAsString(converted)
                            : context.getTypeConverter().convertTo(String.class, converted);
            assertThat(text).isEqualTo(expected);
            assertThat(new ObjectMapper()
                            .writeValueAsString(exchange.getMessage().getBody()))
                    .isEqualTo(expected);
        });
    }

    @Test
    void aStreamIsWrittenWhileItIsRead() throws Exception {
        ask("limit=0", Map.of(), exchange -> {
            InputStream text = exchange.getMessage().getBody(InputStream.class);
            assertThat(text.readNBytes(1_000)).hasSize(1_000);
            assertThat(simulator.requests().of("ListAuditLogs")).hasSize(1);
            text.readAllBytes();
            assertThat(simulator.requests().of("ListAuditLogs")).hasSize(3);
        });
        assertThat(list("subjectTypes=webhook", Map.of())).isEmpty();
        ask("subjectTypes=webhook", Map.of(), exchange -> assertThat(
                        exchange.getMessage().getBody(String.class))
                .isEqualTo("[]"));
    }

    @Test
    void aRefusalSurfacesInToAndClosesTheGate() throws Exception {
        simulator.revokeAuditLogRole();
        for (int i = 0; i < 2; i++) {
            Exchange exchange = ask("", Map.of(), seen -> {});

            assertThat(exchange.getException(GitpodApiException.class)).satisfies(refusal -> {
                assertThat(refusal.getHttpResponseCode()).isEqualTo(403);
                assertThat(refusal).hasMessageContaining("audit-log reader role");
                assertThat(refusal.getRetryAfter()).isPresent();
            });
        }
        assertThat(ask("operation=get", Map.of("CamelGitpodEntryId", ids.get(0)), seen -> {})
                        .getException(GitpodApiException.class)
                        .getHttpResponseCode())
                .isEqualTo(403);
        assertThat(simulator.requests().of("ListAuditLogs")).hasSize(1);
    }

    /** Else what needs to know the server, as a CloudEvent does, could not be made of it. */
    @ParameterizedTest
    @ValueSource(strings = {"limit=1", "operation=get"})
    void theExchangeTellsWhereItsBodyCameFrom(String options) throws Exception {
        ask(options, Map.of("CamelGitpodEntryId", ids.get(249)), exchange -> {
            assertThat(GitpodOrigin.of(exchange).host()).isEqualTo("127.0.0.1");
            assertThat(GitpodOrigin.of(exchange).receivedAt()).isNotNull();
            new CloudEventsJsonTransformer().transform(exchange.getMessage(), DataType.ANY, DataType.ANY);
            assertThat(exchange.getMessage().getMandatoryBody(String.class)).contains(ids.get(249));
        });
    }

    /** Else a part of the log would look like all of it. */
    @ParameterizedTest
    @ValueSource(strings = {"iterator", "string", "stream", "split"})
    void aFailureInTheMiddleIsNeverTheEnd(String way) throws Exception {
        simulator.trouble().on("ListAuditLogs").after(1).respond(500, "internal", "later");
        List<Object> seen = new ArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:split")
                        .to("gitpod:auditLogs?limit=0&maxRetries=0")
                        .split(body())
                        .streaming()
                        .stopOnException()
                        .process(exchange -> seen.add(exchange.getMessage().getBody()));
            }
        });
        context.start();
        Exchange exchange = way.equals("split")
                ? context.createProducerTemplate().request("direct:split", any -> {})
                : ask("limit=0&maxRetries=0", Map.of(), body -> {
                    switch (way) {
                        case "iterator" -> read(body.getMessage().getBody(AuditLogListing.class));
                        case "string" -> body.getMessage().getMandatoryBody(String.class);
                        default -> body.getMessage().getBody(InputStream.class).readAllBytes();
                    }
                });

        assertThat(exchange.isFailed()).isTrue();
        assertThat(exchange.getException(GitpodApiException.class).getHttpResponseCode())
                .isEqualTo(500);
        // Camel looks for the next one before it sends the last.
        assertThat(seen).hasSize(way.equals("split") ? 99 : 0);
    }

    @ParameterizedTest
    @CsvSource({"MODERN, desc", "MODERN, asc", "LEGACY_REJECTS, desc", "LEGACY_IGNORES, desc"})
    void tokensThatExpireWhileTheRouteIsSlowCostNothing(ServerKind server, String sort) throws Exception {
        simulator.serverKind(server);
        // On a legacy server each attempt begins at the top.
        simulator
                .trouble()
                .on("ListAuditLogs")
                .when(number -> server == ServerKind.MODERN ? number % 2 == 0 : number == 3)
                .expireToken();
        List<String> listed = list("limit=0&sort=" + sort + "&from=" + HOUR_AGO, Map.of());

        assertThat(listed).containsExactlyElementsOf(sort.equals("asc") ? ids : newestFirst(0, 250));
    }

    @Test
    void newEntriesThatShiftThePagesAreNotListedTwice() throws Exception {
        simulator.pageTokens(PageTokens.OFFSET);
        ask("limit=0", Map.of(), exchange -> {
            Iterator<AuditLogEntry> entries =
                    exchange.getMessage().getBody(AuditLogListing.class).iterator();
            List<String> listed = new ArrayList<>();
            entries.forEachRemaining(entry -> {
                if (listed.size() % 60 == 0) {
                    simulator.auditLog().add(Entry.at(HOUR_AGO.plusSeconds(1_000 + listed.size())));
                }
                listed.add(entry.id());
            });
            assertThat(listed).containsExactlyElementsOf(newestFirst(0, 250));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"desc", "asc"})
    void moreValuesThanARequestTakesWork(String sort) throws Exception {
        List<String> wanted = simulator.auditLog().entries().stream()
                .map(Entry::actorId)
                .filter(actor -> Math.floorMod(actor.hashCode(), 4) == 0)
                .toList();
        List<String> expected = new ArrayList<>(simulator.auditLog().entries().stream()
                .filter(entry -> wanted.contains(entry.actorId()))
                .map(Entry::id)
                .toList());
        assertThat(wanted).hasSizeBetween(26, 120);
        if (sort.equals("desc")) {
            Collections.reverse(expected);
        }

        assertThat(list("limit=0&sort=" + sort, Map.of("CamelGitpodActorIds", wanted)))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void oneEntryComesWithItsDetails() throws Exception {
        Entry entry =
                simulator.auditLog().add(Entry.at(HOUR_AGO.plusSeconds(300)).withKind(VETO));
        simulator.auditLog().details(entry.id(), "{\"vetoExec\":{}}");
        String expected = entry.json().substring(0, entry.json().length() - 1) + ",\"details\":{\"vetoExec\":{}}}";

        Exchange byHeader = ask("operation=get", Map.of("CamelGitpodEntryId", entry.id()), seen -> {});
        assertThat(byHeader.getMessage().getBody()).isInstanceOf(AuditLogEntry.class);
        assertThat(byHeader.getMessage().getBody(String.class)).isEqualTo(expected);
        for (Object body : List.of(
                entry.id(), " " + entry.id() + "\n", byHeader.getMessage().getBody())) {
            Exchange byBody = ask("operation=get", Map.of(), body, seen -> {});
            assertThat(byBody.getMessage().getBody(String.class)).isEqualTo(expected);
        }
        assertThat(ask("operation=get", Map.of("CamelGitpodEntryId", ids.get(0)), seen -> {})
                        .getMessage()
                        .getBody(String.class))
                .isEqualTo(simulator.auditLog().entries().get(0).json());
    }

    @Test
    void anEntryThatCannotBeHadIsAnError() throws Exception {
        Exchange unknown = ask("operation=get", Map.of("CamelGitpodEntryId", id(9)), seen -> {});
        assertThat(unknown.getException(GitpodApiException.class))
                .hasMessageContainingAll("404", "there is no such entry, or the server is older than this method");

        long requests = simulator.requests().count("GetAuditLog");
        for (String id : List.of("", " ", "x".repeat(101), "1-2-3-4-5", "no\nid")) {
            assertThat(ask("operation=get", Map.of("CamelGitpodEntryId", id), seen -> {})
                            .getException())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(
                            "operation=get needs the id of an entry, and got ",
                            "the header CamelGitpodEntryId",
                            "; allowed: a UUID in the header CamelGitpodEntryId or as the body");
        }
        assertThat(ask("operation=get", Map.of(), "1-2-3-4-5", seen -> {}).getException())
                .hasMessageContaining("and got 1-2-3-4-5 in the body;");
        assertThat(ask("operation=get", Map.of(), seen -> {}).getException())
                .hasMessageContaining("and got none in the body;");
        assertThat(simulator.requests().count("GetAuditLog")).isEqualTo(requests);
    }

    @ParameterizedTest
    @ValueSource(strings = {"operation=list", "operation=get"})
    void theHeaderTellsTheOrganizationAndAsksOnce(String options) throws Exception {
        Map<String, Object> headers =
                Map.of("CamelGitpodEntryId", ids.get(0), GitpodConstants.ORGANIZATION_ID, "of another token");

        for (int i = 0; i < 2; i++) {
            assertThat(ask(options, headers, seen -> {}).getMessage().getHeader(GitpodConstants.ORGANIZATION_ID))
                    .isEqualTo(simulator.organizationId());
        }
        assertThat(simulator.requests().count(IDENTITY)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"404, not_found", "503, unavailable"})
    void aServerThatCannotTellTheOrganizationAnswersWithoutIt(int status, String code) throws Exception {
        simulator.trouble().on(IDENTITY).respond(status, code, "unknown");
        Map<String, Object> headers = Map.of(GitpodConstants.ORGANIZATION_ID, "of another token");

        for (int i = 0; i < 2; i++) {
            Exchange answer = ask("maxRetries=0", headers, seen -> {});
            assertThat(answer.getException()).isNull();
            assertThat(answer.getMessage().getHeaders()).doesNotContainKey(GitpodConstants.ORGANIZATION_ID);
        }
        assertThat(simulator.requests().count(IDENTITY)).isEqualTo(1);
    }

    /** An iterator that was handed out of its route must not look complete. */
    @Test
    void aListingIsClosedWithItsExchange() throws Exception {
        List<Iterator<AuditLogEntry>> leaked = new ArrayList<>();
        Exchange exchange = ask("limit=0", Map.of(), seen -> {
            Iterator<AuditLogEntry> entries =
                    seen.getMessage().getBody(AuditLogListing.class).iterator();
            IntStream.range(0, 100).forEach(i -> entries.next());
            leaked.add(entries);
        });

        assertThatThrownBy(() -> leaked.get(0).next())
                .hasRootCauseInstanceOf(IOException.class)
                .hasMessageContaining("closed");
        assertThat(read(exchange.getMessage().getBody(AuditLogListing.class))).hasSize(250);
    }

    private List<String> list(String options, Map<String, Object> headers) throws Exception {
        List<String> listed = new ArrayList<>();
        Exchange exchange = ask(
                options, headers, seen -> listed.addAll(read(seen.getMessage().getBody(AuditLogListing.class))));
        assertThat(exchange.getException()).isNull();
        return listed;
    }

    private static List<String> read(AuditLogListing listing) {
        List<String> read = new ArrayList<>();
        listing.forEach(entry -> read.add(entry.id()));
        return read;
    }

    /** Asks, and looks at the answer inside the route. */
    private Exchange ask(String options, Map<String, Object> headers, Processor inside) throws Exception {
        return ask(options, headers, null, inside);
    }

    private Exchange ask(String options, Map<String, Object> headers, Object body, Processor inside) throws Exception {
        String start = "direct:ask?" + options;
        if (context.getRoute(start) == null) {
            context.start();
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:" + Integer.toHexString(start.hashCode()))
                            .routeId(start)
                            .to("gitpod:auditLogs?" + options)
                            .process(exchange -> exchange.getProperty("inside", Processor.class)
                                    .process(exchange));
                }
            });
        }
        return context.createProducerTemplate().request("direct:" + Integer.toHexString(start.hashCode()), exchange -> {
            exchange.setProperty("inside", inside);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
            exchange.getMessage().setBody(body);
        });
    }

    private List<String> newestFirst(int from, int to) {
        List<String> reversed = new ArrayList<>(ids.subList(from, to));
        Collections.reverse(reversed);
        return reversed;
    }

    private static Map<String, Object> with(Map<String, Object> headers, String name, String value) {
        Map<String, Object> more = new HashMap<>(headers);
        more.put(name, value);
        return more;
    }

    private static String id(int number) {
        return "0194f5dd-01ca-75f4-a200-%012d".formatted(number);
    }
}
