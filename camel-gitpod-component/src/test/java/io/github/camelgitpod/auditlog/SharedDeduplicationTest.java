package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Several machines, each with a cursor of its own, and one repository that tells what the others have delivered. */
class SharedDeduplicationTest {
    private static final Instant HOUR_AGO =
            Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    @TempDir
    Path first;

    @TempDir
    Path second;

    private final MemoryIdempotentRepository repository = new MemoryIdempotentRepository();
    private GitpodSimulator simulator;

    @BeforeEach
    void fill() {
        simulator = extension.simulator();
        IntStream.range(0, 300).forEach(i -> simulator.auditLog().add(Entry.at(HOUR_AGO.plusSeconds(i))));
    }

    @Test
    void twoMachinesDeliverEachEntryOnce() throws Exception {
        try (AuditLogRoute one = machine(first).start();
                AuditLogRoute two = machine(second).start()) {
            await().until(() -> one.exchanges().size() + two.exchanges().size() >= 300);
            IntStream.range(0, 50).forEach(i -> simulator.auditLog().add(Entry.at(simulator.now())));
            await().until(() -> one.exchanges().size() + two.exchanges().size() >= 350);
            one.polled();
            two.polled();

            List<String> delivered = new ArrayList<>(one.ids());
            delivered.addAll(two.ids());
            assertThat(delivered)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(simulator.auditLog().ids());
        }
    }

    @Test
    void whatFailedIsGivenBackAndComesAgain() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        String unlucky = simulator.auditLog().ids().get(70);
        try (AuditLogRoute route = machine(first)
                .doing(exchange -> {
                    if (broken.get() && unlucky.equals(exchange.getMessage().getHeader(GitpodConstants.ENTRY_ID))) {
                        throw new IllegalStateException("the sink is down");
                    }
                })
                .start()) {
            route.delivered(73);
            assertThat(route.ids().subList(70, 73)).containsOnly(unlucky);
            assertThat(repository.contains(simulator.auditLog().ids().get(69))).isTrue();

            broken.set(false);
            await().until(() -> route.ids().contains(simulator.auditLog().ids().get(299)));
            assertThat(route.ids().stream().distinct())
                    .containsExactlyElementsOf(simulator.auditLog().ids());
            assertThat(repository.contains(unlucky)).isTrue();
        }
    }

    private AuditLogRoute machine(Path state) {
        return new AuditLogRoute(
                        simulator, "from=beginning&idempotentRepository=#shared&" + AuditLogRoute.stateIn(state))
                .bind("shared", repository);
    }
}
