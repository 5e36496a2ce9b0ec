package io.github.camelgitpod.testing;

import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.auditlog.AuditLogConsumer;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;

/**
 * A Camel application with one route, {@code audit}, from {@code gitpod:auditLogs} of a simulator: what one process would be.
 * It polls again after 20 ms.
 */
public final class AuditLogRoute extends RouteContext {
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final List<Exception> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicReference<Runnable> between = new AtomicReference<>();
    private final String uri;
    private Processor processor = exchange -> {};

    AuditLogRoute(GitpodSimulator simulator, String options) {
        super(simulator);
        uri = "gitpod:auditLogs?initialDelay=0&delay=20ms&pollStrategy=#polls&" + options;
        bind("polls", new CountingPolls());
    }

    /** What the route does with each exchange, after it was noted. */
    public AuditLogRoute doing(Processor what) {
        processor = what;
        return this;
    }

    /** A bean that options can name. */
    public AuditLogRoute bind(String name, Object bean) {
        context().getRegistry().bind(name, bean);
        return this;
    }

    public String uri() {
        return uri;
    }

    public AuditLogRoute start() throws Exception {
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("audit").process(exchange -> {
                    exchanges.add(exchange.copy());
                    processor.process(exchange);
                });
            }
        });
        context().start();
        return this;
    }

    /** What was delivered so far, each delivery once, in order. */
    public List<Exchange> exchanges() {
        return exchanges;
    }

    /** What polls failed with, in order. */
    public List<Exception> failures() {
        return failures;
    }

    public List<String> ids() {
        return exchanges.stream()
                .map(exchange ->
                        exchange.getMessage().getBody(AuditLogEntry.class).id())
                .toList();
    }

    public AuditLogConsumer consumer() {
        return (AuditLogConsumer) context().getRoute("audit").getConsumer();
    }

    public HealthCheck.Result health() {
        return consumer().getHealthCheck().call(Map.of(HealthCheck.CHECK_KIND, HealthCheck.Kind.READINESS));
    }

    /** Waits for so many deliveries. */
    public AuditLogRoute delivered(int count) {
        await().until(() -> exchanges.size() >= count);
        return this;
    }

    /** Waits until a poll that began after this moment has ended, well or badly: what it would deliver is there. */
    public AuditLogRoute polled() {
        int before = polls.get();
        await().until(() -> polls.get() >= before + 2);
        return this;
    }

    /** Waits for a poll that began after this moment, and then does something while no poll is under way. */
    public AuditLogRoute betweenPolls(Runnable what) {
        polled();
        between.set(what);
        await().until(() -> between.get() == null);
        return this;
    }

    private final class CountingPolls extends DefaultPollingConsumerPollStrategy {
        private void ended() {
            Runnable what = between.get();
            if (what != null) {
                what.run();
                between.set(null);
            }
            polls.incrementAndGet();
        }

        @Override
        public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
            super.commit(consumer, endpoint, polledMessages);
            ended();
        }

        @Override
        public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause)
                throws Exception {
            failures.add(cause);
            ended();
            return super.rollback(consumer, endpoint, retryCounter, cause);
        }
    }
}
