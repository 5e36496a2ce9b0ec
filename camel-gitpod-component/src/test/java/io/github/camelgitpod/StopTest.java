package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.auditlog.AuditLogRoute;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import io.github.camelgitpod.simulator.ServerKind;
import io.github.camelgitpod.simulator.TroubleRule;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A stop ends whatever is under way, and what was delivered is saved. */
@Tag("T25")
class StopTest {
    private static final Instant HOUR_AGO =
            Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    @TempDir
    Path directory;

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
        GitpodSimulator simulator = extension.simulator();
        simulator.serverKind(kind);
        IntStream.range(0, 100).forEach(i -> simulator.auditLog().add(Entry.at(HOUR_AGO.plusSeconds(i))));
        String options = "from=beginning&pageSize=20&commitEvery=1000000&" + AuditLogRoute.stateIn(directory);
        int first;
        try (AuditLogRoute route = new AuditLogRoute(simulator, options).start()) {
            trouble.accept(simulator.trouble().on("ListAuditLogs").after(3));
            await().until(() -> simulator.requests().count("ListAuditLogs") >= 4);
            Thread stopper = new Thread(() -> route.context().stop());
            stopper.start();
            stopper.join(5_000);
            assertThat(route.context().isStopped()).as("stopped within 5 s").isTrue();
            first = route.exchanges().size();
            assertThat(first).isBetween(1, 100);
        }
        simulator.trouble().clear();
        try (AuditLogRoute route = new AuditLogRoute(simulator, options).start()) {
            route.delivered(100 - first).polled();
            assertThat(route.ids())
                    .containsExactlyElementsOf(simulator.auditLog().ids().subList(first, 100));
        }
    }
}
