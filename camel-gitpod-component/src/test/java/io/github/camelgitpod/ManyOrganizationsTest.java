package io.github.camelgitpod;

import static io.github.camelgitpod.testing.GitpodTest.HOUR_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.GitpodTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.ScheduledPollConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One process that reads many organizations: a route and a token for each, one address for all. The first of them fails. */
class ManyOrganizationsTest {
    private static final int COUNT = 8;
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final String AUDIT_LOGS = "gitpod:auditLogs?from=beginning&initialDelay=0&delay=20ms&pageSize=10";

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final DefaultCamelContext context = gitpod.context();
    private final List<GitpodSimulator> organizations = new ArrayList<>();
    private final List<List<String>> delivered = new ArrayList<>();
    private final CountDownLatch blocks = new CountDownLatch(1);
    private boolean onlyTheFirstStarts;

    @BeforeEach
    void found() {
        for (int i = 0; i < COUNT; i++) {
            GitpodSimulator organization = GitpodSimulator.builder()
                    .seed(i + 2L)
                    .beside(gitpod.simulator())
                    .start();
            organizations.add(organization);
            delivered.add(new CopyOnWriteArrayList<>());
        }
    }

    @AfterEach
    void close() {
        blocks.countDown();
        context.stop();
        organizations.forEach(GitpodSimulator::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"401", "429", "hangs", "drips", "route blocks"})
    void oneThatFailsSlowsNoOther(String failure) throws Exception {
        organizations.forEach(organization -> add(organization, 25));
        fail("ListAuditLogs", failure);
        start(AUDIT_LOGS, failure.equals("route blocks"), this::tokenOf);

        awaitTheOthers(25);
        organizations.forEach(organization -> add(organization, 5));
        awaitTheOthers(30);
        assertThat(delivered.get(0)).hasSizeLessThanOrEqualTo(failure.equals("route blocks") ? 1 : 0);
        for (int i = 1; i < COUNT; i++) {
            assertThat(delivered.get(i))
                    .containsExactlyElementsOf(organizations.get(i).auditLog().ids());
        }
        // The gate of its credential holds the first one back, and only that one.
        assertThat(organizations.get(0).requests().count("ListAuditLogs")).isLessThanOrEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"401", "429", "hangs", "route blocks"})
    void oneStreamThatFailsSlowsNoOther(String failure) throws Exception {
        fail("WatchEvents", failure);
        start("gitpod:events?reconnectDelay=5ms", failure.equals("route blocks"), this::tokenOf);
        await().until(() -> organizations.stream()
                .skip(1)
                .allMatch(organization -> organization.eventStreams().open() == 1));

        for (int i = 0; i < 20; i++) {
            String id = "event-" + i;
            organizations.forEach(organization ->
                    organization.eventStreams().publish("RESOURCE_OPERATION_CREATE", "RESOURCE_TYPE_ENVIRONMENT", id));
        }
        awaitTheOthers(20);
        assertThat(delivered.get(0)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void routesWithOneTokenHaveOneGate() throws Exception {
        GitpodSimulator shared = organizations.get(0);
        shared.trouble().on("ListAuditLogs").rateLimited(LONG);
        onlyTheFirstStarts = true;
        start(AUDIT_LOGS, false, i -> tokenOf(i < COUNT - 1 ? 0 : i));
        await().until(() -> polls().get(0) > 1);
        context.getRouteController().startAllRoutes();

        await().until(() -> polls().stream().allMatch(count -> count > 1));
        assertThat(shared.requests().count("ListAuditLogs")).isEqualTo(1);
        add(organizations.get(COUNT - 1), 3);
        await().until(() -> delivered.get(COUNT - 1).size() == 3);
    }

    @Test
    void idleConsumersShareTheThreadsThatLookAfterThem() throws Exception {
        start("gitpod:auditLogs?initialDelay=0", false, this::tokenOf);
        start("gitpod:events?reconnectDelay=1s", false, this::tokenOf);
        await().until(() -> organizations.stream()
                .allMatch(organization -> organization.eventStreams().open() == 1));

        // Of each stream: one reads, one delivers. And those of Camel that poll.
        assertThat(threads("gitpod-timer")).isEqualTo(1);
        await().until(() -> threads("gitpod-watch") < COUNT);
        assertThat(threads("gitpod-health")).isZero();
        assertThat(threads("gitpod://auditLogs")).isEqualTo(COUNT);
        context.stop();
        await().until(() -> threads("gitpod-") == 0);
    }

    private void fail(String method, String failure) {
        GitpodSimulator first = organizations.get(0);
        switch (failure) {
            case "401" -> first.trouble().on(method).respond(401, "unauthenticated", "no");
            case "429" -> first.trouble().on(method).rateLimited(LONG);
            case "hangs" -> first.trouble().on(method).silence();
            case "drips" -> first.trouble().on(method).slow(1);
            default -> assertThat(failure).isEqualTo("route blocks");
        }
    }

    private interface Token {
        String of(int route);
    }

    private void start(String uri, boolean firstBlocks, Token token) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (int i = 0; i < COUNT; i++) {
                    int organization = i;
                    boolean blocking = firstBlocks && i == 0;
                    String id = uri.substring("gitpod:".length(), uri.indexOf('?')) + "-" + i;
                    from(uri + "&stateKey=" + id + "&accessToken=RAW(" + token.of(i) + ")")
                            .routeId(id)
                            .autoStartup(i == 0 || !onlyTheFirstStarts)
                            .process(exchange -> {
                                delivered.get(organization).add(id(exchange));
                                if (blocking) {
                                    blocks.await();
                                }
                            });
                }
            }
        });
        context.start();
    }

    private void awaitTheOthers(int count) {
        await().until(() -> delivered.stream().skip(1).allMatch(ids -> ids.size() == count));
    }

    private List<Long> polls() {
        return context.getRoutes().stream()
                .map(route -> ((ScheduledPollConsumer) route.getConsumer()).getCounter())
                .toList();
    }

    private String tokenOf(int organization) {
        return organizations.get(organization).accessToken();
    }

    private static String id(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        return body instanceof AuditLogEntry entry ? entry.id() : ((GitpodEvent) body).resourceId();
    }

    private static void add(GitpodSimulator organization, int entries) {
        for (int i = 0; i < entries; i++) {
            organization
                    .auditLog()
                    .add(Entry.at(HOUR_AGO.plusSeconds(organization.auditLog().size())));
        }
    }

    private long threads(String name) {
        String ours = "(" + context.getName() + ")";
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(thread -> thread.contains(ours) && thread.contains(name))
                .count();
    }
}
