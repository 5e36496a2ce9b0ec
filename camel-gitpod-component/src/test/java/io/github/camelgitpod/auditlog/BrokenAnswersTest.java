package io.github.camelgitpod.auditlog;

import static io.github.camelgitpod.testing.GitpodTest.HOUR_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.TroubleRule;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that are none: the cursor never moves past a page that was not read. */
@Tag("engine")
class BrokenAnswersTest {
    private static final int ENTRIES = 150;

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final List<String> ids = gitpod.entries(ENTRIES);

    static Stream<Arguments> troubles() {
        Stream<Arguments> statuses = IntStream.of(400, 404, 408, 409, 412, 425, 429, 500, 502, 503, 504)
                .mapToObj(status -> trouble(status + "", rule -> rule.respond(status, "internal", "no")));
        return Stream.concat(
                statuses,
                Stream.of(
                        trouble("reset", TroubleRule::reset),
                        trouble("silence", TroubleRule::silence),
                        trouble("a byte a second", rule -> rule.slow(1)),
                        trouble("gzip cut", rule -> rule.truncate(200)),
                        trouble("cut before the first byte", rule -> rule.truncate(0)),
                        trouble("proxy's HTML", rule -> rule.respondRaw(200, "text/html", "<html>Welcome</html>")),
                        trouble("empty", rule -> rule.respondRaw(200, "application/json", "")),
                        trouble("half", rule -> rule.respondRaw(200, "application/json", "{\"entries\":[{\"id\":\"")),
                        trouble("null", rule -> rule.respondRaw(200, "application/json", "null"))));
    }

    private static Arguments trouble(String name, Consumer<TroubleRule> what) {
        return Arguments.of(name, what);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    @Tag("T12")
    void noPageIsPassedOver(String name, Consumer<TroubleRule> trouble) throws Exception {
        trouble.accept(simulator.trouble().on("ListAuditLogs").after(4));
        String options = "from=beginning&pageSize=20&maxRetries=0&requestTimeout=300ms&commitEvery=7&" + gitpod.state();
        AuditLogRoute route = gitpod.auditLogs(options).start();
        await().until(() -> route.health().getError().isPresent());
        route.polled();
        // Too many requests are no failure.
        HealthCheck.State state = name.equals("429") ? HealthCheck.State.UP : HealthCheck.State.DOWN;
        await().until(() -> route.health().getState() == state);
        int read = route.exchanges().size();
        assertThat(read).isBetween(1, ENTRIES - 1);
        String stored = new ObjectMapper()
                .readTree(route.consumer().readCursor())
                .path("L")
                .asText();
        assertThat(Instant.parse(stored)).isBefore(HOUR_AGO.plusSeconds(read));

        simulator.trouble().clear();
        // A fresh start trusts nothing but what was stored.
        route.context().getRouteController().stopRoute("audit");
        route.context().getRouteController().startRoute("audit");
        route.delivered(ENTRIES).polled();
        assertThat(route.ids()).containsExactlyElementsOf(ids);
    }

    @Test
    @Tag("T13")
    void aTokenThatWasRotatedIsTakenUpWithoutARestart() throws Exception {
        AuditLogRoute route = gitpod.auditLogs("from=beginning").start();
        route.delivered(ENTRIES);

        simulator.rotateAccessToken("the-next-token");
        Entry meanwhile = simulator.auditLog().add(Entry.at(simulator.now()));
        await().until(() -> route.health().getError().isPresent());
        assertThat(route.health().getDetails()).containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 401);

        route.token("the-next-token");
        // The first request after it, though the old token's next attempt is seconds away.
        long asked = simulator.requests().count("ListAuditLogs");
        await().until(() -> simulator.requests().count("ListAuditLogs") > asked);
        assertThat(simulator.requests().of("ListAuditLogs").get((int) asked).status())
                .isEqualTo(200);
        route.delivered(ENTRIES + 1).polled();
        assertThat(route.ids()).doesNotHaveDuplicates().hasSize(ENTRIES + 1).endsWith(meanwhile.id());
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.UP);
    }
}
