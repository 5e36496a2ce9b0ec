package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.ServerKind;
import io.github.camelgitpod.simulator.TroubleRule;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A stop ends whatever is under way, and what was delivered is saved. */
@Tag("T25")
class StopTest {

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    static Stream<Arguments> waits() {
        return Stream.of(ServerKind.MODERN, ServerKind.LEGACY_IGNORES_TO)
                .flatMap(kind -> Stream.of(
                        wait(kind, "a retry", rule -> rule.respond(503, "unavailable", "busy")),
                        wait(kind, "a short Retry-After", rule -> rule.respond(429, "resource_exhausted", "busy")
                                .retryAfter("50")),
                        wait(kind, "a closed gate", rule -> rule.respond(429, "resource_exhausted", "busy")
                                .retryAfter("600")),
                        wait(kind, "a request that hangs", TroubleRule::silence),
                        wait(kind, "a body that hardly comes", rule -> rule.slow(1))));
    }

    private static Arguments wait(ServerKind kind, String name, Consumer<TroubleRule> trouble) {
        return Arguments.of(kind, name, trouble);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("waits")
    void isOverSoonAndTheStateSaved(ServerKind kind, String name, Consumer<TroubleRule> trouble) throws Exception {
        simulator.serverKind(kind);
        List<String> ids = gitpod.entries(100);
        String options = "from=beginning&pageSize=20&commitEvery=1000000&" + gitpod.state();
        int first;
        try (AuditLogRoute route = gitpod.auditLogs(options).start()) {
            trouble.accept(simulator.trouble().on("ListAuditLogs").after(3));
            await().until(() -> simulator.requests().count("ListAuditLogs") >= 4);
            route.close();
            first = route.exchanges().size();
            assertThat(first).isBetween(1, 100);
        }
        simulator.trouble().clear();
        AuditLogRoute route = gitpod.auditLogs(options).start();
        route.delivered(100 - first).polled();
        assertThat(route.ids()).containsExactlyElementsOf(ids.subList(first, 100));
    }
}
