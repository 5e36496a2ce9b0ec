package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.GitpodTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A first export, with 128 MB of heap, the simulator with its entries included. */
@Tag("memory")
@Tag("T5")
class LargeBacklogTest {
    private static final int ENTRIES = 100_000;
    private static final int ADDED_AT_ONCE = 1_000;
    private static final int TIE_BEGINS = 50_050;
    private static final int TIE = 101;

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    @Test
    void aHundredThousandEntriesWith101InOneMicrosecondComeOnceAndInOrder() throws Exception {
        Instant first = Instant.now().minus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            boolean tied = i >= TIE_BEGINS && i < TIE_BEGINS + TIE;
            entries.add(Entry.at(first.plusMillis(tied ? TIE_BEGINS : i)));
            if (entries.size() == ADDED_AT_ONCE) {
                // The simulator keeps them in less memory.
                simulator.auditLog().addAll(entries);
                entries.clear();
            }
        }
        AtomicInteger delivered = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        List<String> expected = simulator.auditLog().ids();

        DefaultCamelContext context = gitpod.context();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("gitpod:auditLogs?from=beginning&initialDelay=0&" + gitpod.state())
                        .process(exchange -> {
                            int index = delivered.getAndIncrement();
                            String id = exchange.getMessage().getHeader(GitpodConstants.ENTRY_ID, String.class);
                            if (index >= ENTRIES || !expected.get(index).equals(id)) {
                                wrong.incrementAndGet();
                            }
                        });
            }
        });
        context.start();
        await().atMost(Duration.ofMinutes(2)).until(() -> delivered.get() >= ENTRIES);
        context.stop();

        // The simulator lists equal times by id, and so does the component: the exact sequence is known.
        assertThat(wrong).hasValue(0);
        assertThat(delivered).hasValue(ENTRIES);
        assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(128L * 1024 * 1024);
    }
}
