package io.github.camelgitpod.auditlog;

import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.nio.file.Path;
import java.time.Duration;
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
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.awaitility.core.ConditionFactory;

/**
 * A Camel application with one route from {@code gitpod:auditLogs} of a simulator: one process, so to say. Its delay between
 * polls is short.
 */
public final class AuditLogRoute implements AutoCloseable {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final List<Exception> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicReference<Runnable> between = new AtomicReference<>();
    private final String uri;
    private String routeId = "audit";
    private Processor processor = exchange -> {};

    public AuditLogRoute(GitpodSimulator simulator, String options) {
        this(simulator, options, simulator.accessToken());
    }

    /** @param token null: it is the component's */
    public AuditLogRoute(GitpodSimulator simulator, String options, String token) {
        this.uri = "gitpod:auditLogs?baseUrl=" + simulator.baseUrl()
                + (token == null ? "" : "&accessToken=RAW(" + token + ")")
                + "&initialDelay=0&delay=20ms&pollStrategy=#polls&" + options;
        bind("polls", new CountingPolls());
    }

    /** Options that keep the cursor in a directory. */
    public static String stateIn(Path directory) {
        return "stateDirectory=" + directory;
    }

    /** What the route does with each exchange, after it was noted. */
    AuditLogRoute doing(Processor what) {
        processor = what;
        return this;
    }

    /** Another id than {@code audit}, which is part of the cursor's key. */
    AuditLogRoute named(String id) {
        routeId = id;
        return this;
    }

    /** A bean that options can name. */
    AuditLogRoute bind(String name, Object bean) {
        context.getRegistry().bind(name, bean);
        return this;
    }

    public String uri() {
        return uri;
    }

    public DefaultCamelContext context() {
        return context;
    }

    public AuditLogRoute start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId(routeId).process(exchange -> {
                    exchanges.add(exchange.copy());
                    processor.process(exchange);
                });
            }
        });
        context.start();
        return this;
    }

    /** What was delivered so far, each delivery once, in order. */
    public List<Exchange> exchanges() {
        return exchanges;
    }

    /** What polls failed with, in order. */
    List<Exception> failures() {
        return failures;
    }

    public List<String> ids() {
        return exchanges.stream()
                .map(exchange ->
                        exchange.getMessage().getBody(AuditLogEntry.class).id())
                .toList();
    }

    AuditLogConsumer consumer() {
        return (AuditLogConsumer) context.getRoute(routeId).getConsumer();
    }

    HealthCheck.Result health() {
        return consumer().getHealthCheck().call(Map.of(HealthCheck.CHECK_KIND, HealthCheck.Kind.READINESS));
    }

    /** Waits for so many deliveries. */
    public AuditLogRoute delivered(int count) {
        patiently().until(() -> exchanges.size() >= count);
        return this;
    }

    /** Waits until a poll that began after now has ended, well or badly: what it would deliver is there. */
    public AuditLogRoute polled() {
        int before = polls.get();
        patiently().until(() -> polls.get() >= before + 2);
        return this;
    }

    private static ConditionFactory patiently() {
        return await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofMinutes(1));
    }

    /** Does something while no poll is under way, and at least one that began after what was done before has ended. */
    public AuditLogRoute betweenPolls(Runnable what) {
        polled();
        between.set(what);
        patiently().until(() -> between.get() == null);
        return this;
    }

    @Override
    public void close() {
        context.stop();
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
