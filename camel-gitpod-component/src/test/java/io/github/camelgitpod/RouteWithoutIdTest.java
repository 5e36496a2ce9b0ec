package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.state.CrashSafeFileStateRepository;
import io.github.camelgitpod.state.JdbcStateRepository;
import io.github.camelgitpod.testing.GitpodTest;
import io.github.camelgitpod.testing.MemoryDatabase;
import io.github.camelgitpod.testing.StoredTexts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.NodeIdFactory;
import org.apache.camel.spi.StateRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Camel counts the routes that have no id: their states do not depend on that. */
@Timeout(60)
class RouteWithoutIdTest {
    private static final String USERS = "actorPrincipals=user";
    private static final String ACCOUNTS = "actorPrincipals=service_account";
    private static final String OLD_KEY = "route1/auditLogs";
    private static final Instant FIRST = Instant.parse("2026-02-18T10:00:00Z");
    private static final int EACH = 5;

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    /** By the filter of a route, what it got in all runs. */
    private final Map<String, List<String>> delivered = new ConcurrentHashMap<>();

    private final List<String> ofUsers = add("PRINCIPAL_USER", 0);
    private final List<String> ofAccounts = add("PRINCIPAL_SERVICE_ACCOUNT", 0);

    @Test
    void aRoutePutBeforeItChangesNothing() throws Exception {
        run(USERS);
        run(ACCOUNTS, USERS);

        assertEachOnce();
    }

    @Test
    void twoSwappedRoutesGoOnEachWithItsOwn() throws Exception {
        run(USERS, ACCOUNTS);
        ofUsers.addAll(add("PRINCIPAL_USER", EACH));
        run(ACCOUNTS, USERS);

        assertEachOnce();
    }

    @Test
    void fiveReloadsDeliverNothingTwice() throws Exception {
        CamelContext context = context();
        context.start();
        for (int load = 0; load <= 5; load++) {
            List<String> before =
                    context.getRoutes().stream().map(Route::getRouteId).toList();
            for (String route : before) {
                context.getRouteController().stopRoute(route);
                context.removeRoute(route);
            }
            context.addRoutes(routes(gitpod.state(), USERS, ACCOUNTS));
            awaitAll(context, USERS, ACCOUNTS);
        }

        assertThat(context.getRoutes()).noneMatch(route -> route.getRouteId().equals("route1"));
        assertEachOnce();
    }

    @Test
    void aRouteOfATemplateHasNoIdEither() throws Exception {
        for (int run = 0; run < 2; run++) {
            try (DefaultCamelContext context = context()) {
                String uri = uri(USERS, gitpod.state());
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        routeTemplate("template").from(uri).process(exchange -> note(USERS, exchange));
                    }
                });
                context.start();
                if (run == 1) {
                    context.addRoutes(routes(gitpod.state(), ACCOUNTS));
                }
                TemplatedRouteBuilder.builder(context, "template").add();
                awaitAll(context, USERS);
            }
        }
        assertThat(delivered.get(USERS)).containsExactlyElementsOf(ofUsers);
    }

    @Test
    void itIsToldWithWhatToDo() throws Exception {
        run(USERS);

        assertThat(gitpod.logs().warnings())
                .filteredOn(line -> line.contains("no id"))
                .singleElement()
                .asString()
                .containsPattern("Give the route an id, or set stateKey; stateKey=auditLogs-[0-9a-f-]{36} keeps");
    }

    @Test
    void anIdOfTheUsersIsAKeyAndNothingIsTold() throws Exception {
        try (DefaultCamelContext context = context()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri(USERS, gitpod.state())).routeId("route1").process(exchange -> note(USERS, exchange));
                }
            });
            context.start();
            awaitAll(context, USERS);
        }
        assertThat(files().getState("route1/auditLogs")).isNotNull();
        assertThat(gitpod.logs().warnings()).noneMatch(line -> line.contains("no id"));
    }

    @Test
    void aRouteThatGetsAnIdIsToldWhereItsStateIsAndWithThatKeyItGoesOn() throws Exception {
        run(USERS);
        ofUsers.addAll(add("PRINCIPAL_USER", EACH));
        String key = "";
        for (String options : List.of("", "&stateKey=")) {
            delivered.clear();
            String place = gitpod.state() + options + key;
            try (DefaultCamelContext context = context()) {
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from(uri(USERS, place)).routeId("audit").process(exchange -> note(USERS, exchange));
                    }
                });
                context.start();
                awaitAll(EACH, USERS);
            }
            String warning = gitpod.logs().warnings().stream()
                    .filter(line -> line.contains("begins anew: there is no state audit/auditLogs"))
                    .collect(Collectors.joining());
            key = warning.substring(warning.lastIndexOf('=') + 1);
        }
        assertThat(delivered.get(USERS)).containsExactlyElementsOf(ofUsers.subList(EACH, 2 * EACH));
    }

    @Test
    void aRouteWithAnIdIsNotToldOfTheStateOfARouteThatIsAtWork() throws Exception {
        try (DefaultCamelContext context = context()) {
            context.addRoutes(routes(gitpod.state(), USERS));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri(USERS, "pageSize=50&" + gitpod.state()))
                            .routeId("audit")
                            .to("mock:audit");
                }
            });
            context.start();
            awaitAll(EACH, USERS);
        }
        assertThat(gitpod.logs().warnings()).noneMatch(line -> line.contains("begins anew: there is no state"));
    }

    @Test
    void twoOfOneSourceAreRefused() {
        assertThatThrownBy(() -> run(USERS, USERS + "&pageSize=50"))
                .hasMessageContaining("Two consumers have the state key");
    }

    @Test
    void theStateOfAnEarlierVersionIsTakenOverOnce() throws Exception {
        takesOverOnce(gitpod.state(), files());
    }

    @Test
    void alsoInADatabase() throws Exception {
        JdbcStateRepository states = new JdbcStateRepository(MemoryDatabase.create());
        states.start();

        takesOverOnce("stateRepository=#states", states);
    }

    private void takesOverOnce(String place, StateRepository<String, String> states) throws Exception {
        states.setState(OLD_KEY, StoredTexts.read("cursor-0.1.json"));
        try (DefaultCamelContext context = context(states)) {
            context.addRoutes(routes(place, USERS));
            context.start();
            await().until(() -> states.getState(OLD_KEY).contains("takenOverBy"));
            awaitAll(2, USERS);
        }
        assertThat(delivered.get(USERS)).containsExactlyElementsOf(ofUsers.subList(3, EACH));

        try (DefaultCamelContext context = context(states)) {
            context.addRoutes(routes(place, USERS));
            context.start();
            ofUsers.addAll(add("PRINCIPAL_USER", EACH));
            awaitAll(2 + EACH, USERS);
        }
        assertThat(delivered.get(USERS)).containsExactlyElementsOf(ofUsers.subList(3, 2 * EACH));

        delivered.clear();
        try (GitpodSimulator another = GitpodSimulator.start();
                DefaultCamelContext context = context(states)) {
            another.auditLog().add(entry("PRINCIPAL_USER", 0));
            context.getComponent("gitpod", GitpodComponent.class)
                    .getConfiguration()
                    .setBaseUrl(another.baseUrl());
            context.getComponent("gitpod", GitpodComponent.class)
                    .getConfiguration()
                    .setAccessToken(another.accessToken());
            context.addRoutes(routes(place, USERS));
            context.start();
            awaitAll(1, USERS);
        }
    }

    @Test
    void theStateOfAnEarlierVersionThatIsOfAnotherRouteIsNot() throws Exception {
        files().setState(OLD_KEY, StoredTexts.read("cursor-0.1.json"));

        run(ACCOUNTS);

        assertThat(delivered.get(ACCOUNTS)).containsExactlyElementsOf(ofAccounts);
        assertThat(files().getState(OLD_KEY)).isEqualTo(StoredTexts.read("cursor-0.1.json"));
        assertThat(gitpod.logs().warnings())
                .anyMatch(line -> line.contains("does not use the state route1/auditLogs")
                        && line.contains("set stateKey=route1/auditLogs"));
    }

    @Test
    void noStateIsTakenFromAConsumerThatIsAtWork() throws Exception {
        files().setState(OLD_KEY, StoredTexts.read("cursor-0.1.json"));
        CrashSafeFileStateRepository owner = files();
        owner.start();
        owner.getState(OLD_KEY);

        assertThatThrownBy(() -> run(USERS)).hasMessageContaining("in use by another consumer");
        owner.stop();
    }

    @Test
    void aStateOfALaterVersionIsAnErrorAlsoUnderTheKeyOfBefore() {
        files().setState(OLD_KEY, "{\"v\":7}");

        assertThatThrownBy(() -> run(USERS)).hasMessageContaining("format version 7, this component knows 2");
    }

    @Test
    void aStateOfTodayUnderTheKeyOfBeforeIsAnothers() throws Exception {
        String today = StoredTexts.read("cursor-0.1.json").replace("\"v\":1", "\"v\":2");
        files().setState(OLD_KEY, today);

        run(USERS);

        assertThat(files().getState(OLD_KEY)).isEqualTo(today);
    }

    /** Two routes with states of before that changed places: each is another's, and none is used. */
    @Test
    void statesOfAnEarlierVersionOfSwappedRoutesAreNot() throws Exception {
        String users = StoredTexts.read("cursor-0.1.json");
        files().setState("route1/auditLogs", users);
        files().setState("route2/auditLogs", users.replace("PRINCIPAL_USER", "PRINCIPAL_SERVICE_ACCOUNT"));

        run(ACCOUNTS, USERS);

        assertEachOnce();
    }

    @Test
    void anEventStreamsStateOfAnEarlierVersionTellsTheGapOfTheRestart() throws Exception {
        files().setState("route1/events", StoredTexts.read("positions-0.1.json"));
        List<Message> events = new CopyOnWriteArrayList<>();
        for (int run = 1; run <= 2; run++) {
            int expected = run;
            try (DefaultCamelContext context = context()) {
                if (run == 2) {
                    context.addRoutes(routes(gitpod.state(), ACCOUNTS));
                }
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("gitpod:events?" + gitpod.state())
                                .process(exchange ->
                                        events.add(exchange.getMessage().copy()));
                    }
                });
                context.start();
                await().until(() -> simulator.eventStreams().open() == 1);
                simulator.organization().createProject("project " + run);
                await().until(() -> events.size() == expected);
            }
            await().until(() -> simulator.eventStreams().open() == 0);
        }
        assertThat(events)
                .extracting(event -> event.getHeader(GitpodConstants.GAP_REASON))
                .containsExactly("restart", "restart");
        assertThat(events.get(0).getHeader(GitpodConstants.GAP_FROM)).isEqualTo("2026-02-18T10:00:00Z");
        assertThat(events.get(1).getHeader(GitpodConstants.GAP_FROM, String.class))
                .isGreaterThan("2026-02-18T10:00:01Z");
    }

    @Test
    void anEventStreamsStateOfOtherEnvironmentsIsNotItsOwn() throws Exception {
        files().setState(
                        "route1/events",
                        StoredTexts.read("positions-0.1.json")
                                .replace("organization", UUID.randomUUID().toString()));
        try (DefaultCamelContext context = context()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("gitpod:events?" + gitpod.state()).log("${body}");
                }
            });
            context.start();
        }
        assertThat(gitpod.logs().warnings()).anyMatch(line -> line.contains("does not use the state route1/events"));
    }

    private void assertEachOnce() {
        assertThat(delivered.get(USERS)).containsExactlyElementsOf(ofUsers);
        assertThat(delivered.get(ACCOUNTS)).containsExactlyElementsOf(ofAccounts);
    }

    private List<String> add(String principal, int from) {
        return IntStream.range(from, from + EACH)
                .mapToObj(i -> simulator.auditLog().add(entry(principal, i)).id())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Entry entry(String principal, int i) {
        String kind = principal.equals("PRINCIPAL_USER") ? "0" : "1";
        return Entry.at(FIRST.plusSeconds(i))
                .withActor(principal, UUID.randomUUID().toString())
                .withId("0195187e-0000-7000-8000-" + kind + "0000000000" + i);
    }

    private CrashSafeFileStateRepository files() {
        return new CrashSafeFileStateRepository(gitpod.directory());
    }

    private DefaultCamelContext context() {
        DefaultCamelContext context = gitpod.context();
        // Camel counts for the whole process, and here each context stands for a process of its own.
        Map<String, Integer> counted = new HashMap<>();
        context.getCamelContextExtension()
                .addContextPlugin(
                        NodeIdFactory.class,
                        node -> node.getShortName() + counted.merge(node.getShortName(), 1, Integer::sum));
        return context;
    }

    private DefaultCamelContext context(StateRepository<String, String> states) {
        DefaultCamelContext context = context();
        context.getRegistry().bind("states", states);
        return context;
    }

    private void run(String... filters) throws Exception {
        try (DefaultCamelContext context = context()) {
            context.addRoutes(routes(gitpod.state(), filters));
            context.start();
            awaitAll(context, filters);
        }
    }

    private RouteBuilder routes(String place, String... filters) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                for (String filter : filters) {
                    from(uri(filter, place)).process(exchange -> note(filter, exchange));
                }
            }
        };
    }

    private static String uri(String filter, String place) {
        return "gitpod:auditLogs?from=beginning&initialDelay=0&delay=20ms&" + filter + "&" + place;
    }

    private void note(String filter, Exchange exchange) {
        delivered
                .computeIfAbsent(filter, any -> new CopyOnWriteArrayList<>())
                .add(exchange.getMessage().getHeader(GitpodConstants.ENTRY_ID, String.class));
    }

    /** Waits until the routes have all there is, and a poll after it, which would bring what comes twice. */
    private void awaitAll(CamelContext context, String... filters) {
        awaitAll(filters[0].equals(USERS) || filters.length > 1 ? ofUsers.size() : EACH, filters);
        long before = simulator.requests().count("ListAuditLogs");
        await().until(() -> simulator.requests().count("ListAuditLogs") >= before + 4L * filters.length);
    }

    private void awaitAll(int count, String... filters) {
        for (String filter : filters) {
            int expected = filter.equals(ACCOUNTS) ? EACH : count;
            await().until(() -> delivered.getOrDefault(filter, List.of()).size() >= expected);
        }
    }
}
