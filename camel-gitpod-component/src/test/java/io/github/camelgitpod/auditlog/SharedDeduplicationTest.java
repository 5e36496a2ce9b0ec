package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several machines, each with a cursor of its own, and one repository that tells what the others have delivered. */
class SharedDeduplicationTest {

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final List<String> ids = gitpod.entries(300);

    private final MemoryIdempotentRepository repository = new MemoryIdempotentRepository();

    @Test
    void twoMachinesDeliverEachEntryOnce() throws Exception {
        AuditLogRoute one = machine("one").start();
        AuditLogRoute two = machine("two").start();
        await().until(() -> one.exchanges().size() + two.exchanges().size() >= 300);
        // What is new while one of them stands still is the other one's, and must not come again from the first.
        one.betweenPolls(() -> deliverNewEntries(two));
        two.betweenPolls(() -> deliverNewEntries(one));
        one.polled();
        two.polled();

        List<String> delivered = new ArrayList<>(one.ids());
        delivered.addAll(two.ids());
        assertThat(delivered)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(simulator.auditLog().ids());
    }

    private void deliverNewEntries(AuditLogRoute machine) {
        int before = machine.exchanges().size();
        IntStream.range(0, 50).forEach(i -> simulator.auditLog().add(Entry.at(simulator.now())));
        machine.delivered(before + 50);
    }

    @Test
    void whatFailedIsGivenBackAndComesAgain() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        String unlucky = ids.get(70);
        AuditLogRoute route = machine("one")
                .doing(exchange -> {
                    if (broken.get() && unlucky.equals(exchange.getMessage().getHeader(GitpodConstants.ENTRY_ID))) {
                        throw new IllegalStateException("the sink is down");
                    }
                })
                .start();
        route.delivered(73);
        assertThat(route.ids().subList(70, 73)).containsOnly(unlucky);
        assertThat(repository.contains(ids.get(69))).isTrue();

        broken.set(false);
        await().until(() -> route.ids().contains(ids.get(299)));
        assertThat(route.ids().stream().distinct()).containsExactlyElementsOf(ids);
        assertThat(repository.contains(unlucky)).isTrue();
    }

    private AuditLogRoute machine(String name) {
        return gitpod.auditLogs("from=beginning&idempotentRepository=#shared&stateDirectory="
                        + gitpod.directory().resolve(name))
                .bind("shared", repository);
    }
}
