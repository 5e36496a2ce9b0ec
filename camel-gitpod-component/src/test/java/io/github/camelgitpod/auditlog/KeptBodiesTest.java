package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.testing.Garbage;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where routes keep bodies, they keep those only, and nothing of the others that were read together with them. */
class KeptBodiesTest {
    private static final int ENTRIES = 60;

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final List<String> ids = gitpod.entries(ENTRIES);
    private final List<AuditLogEntry> dropped = new ArrayList<>();
    private final CountDownLatch read = new CountDownLatch(ENTRIES);
    private final CountDownLatch held = new CountDownLatch(1);

    @Test
    void anAggregationHoldsNothingElse() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri())
                        .filter(exchange -> isKept(exchange))
                        .aggregate(constant(true), AggregationStrategies.groupedExchange())
                        .completionSize(ENTRIES)
                        .to("mock:never");
            }
        });

        assertThatTheRestIsCollected();
    }

    @Test
    void aQueueHoldsNothingElse() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri()).filter(exchange -> isKept(exchange)).to("seda:kept");
                from("seda:kept").process(exchange -> held.await());
            }
        });

        assertThatTheRestIsCollected();
        held.countDown();
    }

    private static String uri() {
        return "gitpod:auditLogs?from=beginning&pageSize=10&initialDelay=0&delay=1h";
    }

    private void start(RouteBuilder routes) throws Exception {
        DefaultCamelContext context = gitpod.context();
        context.addRoutes(routes);
        context.start();
    }

    /** The first one of each page. */
    private boolean isKept(Exchange exchange) {
        AuditLogEntry entry = exchange.getMessage().getBody(AuditLogEntry.class);
        boolean kept = ids.indexOf(entry.id()) % 10 == 0;
        if (!kept) {
            dropped.add(entry);
        }
        read.countDown();
        return kept;
    }

    private void assertThatTheRestIsCollected() {
        await().until(() -> read.getCount() == 0);
        await().until(() -> dropped.size() == 54);
        Garbage garbage = Garbage.of(dropped);
        dropped.clear();
        garbage.awaitCollected();
        assertThat(ids).hasSize(ENTRIES);
    }
}
