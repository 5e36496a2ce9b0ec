package io.github.camelgitpod.auditlog;

import static io.github.camelgitpod.testing.GitpodTest.HOUR_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.option.EnumNames;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.RecordedRequest;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters of more values than a request takes, and filters that change under a stored cursor. */
@Tag("engine")
class LargeFiltersTest {
    private static final List<String> TYPES = Stream.of(EnumNames.RESOURCE_TYPE
                    .parse(
                            "subjectTypes",
                            "agent,billing,coupon,domain_verification,environment,group,project,prompt,runner,"
                                    + "secret,service,snapshot,sso_config,task,user,webhook,workflow,announcement_banner,"
                                    + "custom_domain,environment_class,environment_session,integration,notification,organization,"
                                    + "organization_policy,organization_secret,personal_access_token,prebuild,role_assignment,"
                                    + "warm_pool")
                    .toArray(String[]::new))
            .toList();

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    /** Actors and subjects 0 to 699 and thirty types, in an order of their own, with ties. */
    @BeforeEach
    void fill() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 1_400; i++) {
            entries.add(Entry.at(HOUR_AGO.plusMillis(i / 7 * 250L))
                    .withActor(i % 3 == 0 ? "PRINCIPAL_RUNNER" : "PRINCIPAL_USER", id(i * 11 % 700))
                    .withSubject(TYPES.get(i % TYPES.size()), id(i * 13 % 700)));
        }
        simulator.auditLog().addAll(entries);
    }

    @ParameterizedTest(name = "{0}: {1} actors, {2} subjects, {3} types")
    @CsvSource({
        // series, actors, subjects, types: as many as the product of the lists' parts, if that is 8 at most
        "2, 26, 0, 0",
        "3, 51, 0, 0",
        "1, 600, 0, 0",
        "2, 0, 26, 0",
        "3, 0, 51, 0",
        "1, 0, 600, 0",
        "2, 0, 0, 26",
        "6, 51, 0, 30",
        // 201 are nine parts, as good as 600; Camel takes a minute to read a URI of 45,000 characters.
        "3, 51, 201, 0",
        "1, 201, 226, 0",
        "2, 201, 0, 30",
        "8, 200, 0, 0",
    })
    @Tag("T15")
    void deliversWhatTheUnfilteredLogHoldsOfIt(int series, int actors, int subjects, int types) throws Exception {
        List<String> actorIds = ids(actors);
        List<String> subjectIds = ids(subjects);
        List<String> subjectTypes = TYPES.subList(0, types);
        List<String> expected = oracle(entry -> (actors == 0 || actorIds.contains(entry.actorId()))
                && (subjects == 0 || subjectIds.contains(entry.subjectId()))
                && (types == 0 || subjectTypes.contains(entry.subjectType())));
        try (AuditLogRoute route = gitpod.auditLogs("from=beginning&pageSize=30" + option("actorIds", actorIds)
                        + option("subjectIds", subjectIds) + option("subjectTypes", subjectTypes))
                .start()) {
            route.delivered(expected.size()).polled();
            assertThat(route.ids()).containsExactlyElementsOf(expected);
        }
        assertThat(simulator.requests().of("ListAuditLogs").stream()
                        .filter(request -> request.body().contains("\"to\""))
                        .map(LargeFiltersTest::filterValues)
                        .distinct())
                .hasSize(series);
        assertThat(simulator.requests().all())
                .extracting(RecordedRequest::status)
                .containsOnly(200);
    }

    @Test
    @Tag("T15")
    void repeatedValuesAreOne() throws Exception {
        String many = String.join(
                ",",
                IntStream.range(0, 600)
                        .mapToObj(i -> i % 2 == 0 ? "user" : "Runner")
                        .toList());
        AuditLogRoute route =
                gitpod.auditLogs("from=beginning&actorPrincipals=" + many).start();
        route.delivered(1_400).polled();
        assertThat(route.ids()).containsExactlyElementsOf(oracle(entry -> true));
    }

    @ParameterizedTest(name = "{0} to {1} with {2}: {3}")
    @CsvSource({
        "'agent,billing', 'agent', fail, keep",
        "'', 'agent', fail, keep",
        "'agent,billing', 'agent,billing,coupon', fail, refuse",
        "'agent', '', fail, refuse",
        "'agent', 'billing', fail, refuse",
        "'agent', 'agent,billing', keep, keep",
        "'agent', 'billing', keep, keep",
        "'agent', '', reset, reset",
        "'agent', 'billing', reset, reset",
        "'agent,billing', 'agent', reset, keep",
    })
    @Tag("T16")
    void aFilterThatChangesBetweenRuns(String before, String after, String policy, String outcome) throws Exception {
        String options = "from=beginning&lookback=50ms&sweepInterval=1ms&sweepRange=2h&onFilterChange=" + policy + "&"
                + gitpod.state();
        List<String> first = oracle(matching(before));
        List<String> all = oracle(matching(after));
        // The cursor is at the newest entry of the filter before.
        Instant cursor = simulator.auditLog().entries().stream()
                .filter(matching(before))
                .map(entry -> Instant.parse(entry.createdAt()))
                .max(Instant::compareTo)
                .orElseThrow();
        List<String> sinceThen =
                oracle(matching(after).and(matching(before).negate()).and(entry -> !Instant.parse(entry.createdAt())
                        .isBefore(cursor)));
        try (AuditLogRoute route = gitpod.auditLogs(options + types(before)).start()) {
            route.delivered(first.size()).polled();
            assertThat(route.ids()).containsExactlyElementsOf(first);
        }
        AuditLogRoute route = gitpod.auditLogs(options + types(after));
        if (outcome.equals("refuse")) {
            assertThatThrownBy(route::start).hasMessageContainingAll("onFilterChange=keep", "RESOURCE_TYPE_AGENT");
            return;
        }
        route.start();
        Entry fresh = simulator
                .auditLog()
                .add(Entry.at(Instant.now()).withSubject(typesOf(after).get(0), id(1)));
        route.delivered(1).polled().polled();
        List<String> expected = new ArrayList<>(outcome.equals("reset") ? all : sinceThen);
        expected.add(fresh.id());
        route.delivered(expected.size()).polled();
        assertThat(route.ids()).containsExactlyElementsOf(expected);
    }

    private static String types(String list) {
        return list.isEmpty() ? "" : "&subjectTypes=" + list;
    }

    private static List<String> typesOf(String list) {
        return list.isEmpty() ? TYPES : EnumNames.RESOURCE_TYPE.parse("subjectTypes", list);
    }

    private static Predicate<Entry> matching(String list) {
        return entry -> typesOf(list).contains(entry.subjectType());
    }

    private List<String> oracle(Predicate<Entry> wanted) {
        return simulator.auditLog().entries().stream()
                .filter(wanted)
                .map(Entry::id)
                .toList();
    }

    private static String filterValues(RecordedRequest request) {
        return request.body().replaceAll("\"(from|to)\":\"[^\"]*\",?", "").replaceAll("\"pagination\".*", "");
    }

    private static String option(String name, List<String> values) {
        return values.isEmpty() ? "" : "&" + name + "=" + String.join(",", values);
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(LargeFiltersTest::id).toList();
    }

    private static String id(int number) {
        return new UUID(0x1951d94d6ac7edfL, 0x8000_0000_0000_0000L | number).toString();
    }
}
