package io.github.camelgitpod.event;

import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.event.stream.StreamStatus.State;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;

/** A context with one route, "events", that reads a simulator's stream and keeps what it got. */
final class EventRoute implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final String CREATE = "RESOURCE_OPERATION_CREATE";
    static final String UPDATE = "RESOURCE_OPERATION_UPDATE";
    static final String ENVIRONMENT = "RESOURCE_TYPE_ENVIRONMENT";

    final DefaultCamelContext context = new DefaultCamelContext();
    final List<Map<String, Object>> headers = new CopyOnWriteArrayList<>();
    final List<GitpodEvent> bodies = new CopyOnWriteArrayList<>();
    /** The bodies of all exchanges, gaps included. */
    final List<Object> exchanges = new CopyOnWriteArrayList<>();

    private final GitpodSimulator simulator;
    private final Supplier<String> baseUrl;
    private boolean autoStartup = true;
    private Processor processor = exchange -> {};
    private Processor onException;
    private Processor second;

    public EventRoute(GitpodSimulator simulator) {
        this(simulator, simulator::baseUrl);
    }

    /** @param baseUrl where the route connects to, such as something before the simulator */
    public EventRoute(GitpodSimulator simulator, Supplier<String> baseUrl) {
        this.simulator = simulator;
        this.baseUrl = baseUrl;
    }

    /** Lets the route use an HTTP client of its own, as it comes from the library. */
    EventRoute plainClient() {
        context.getComponent("gitpod", GitpodComponent.class).getConfiguration().setHttpClient(new OkHttpClient());
        return this;
    }

    EventRoute autoStartup(boolean value) {
        autoStartup = value;
        return this;
    }

    /** What the route does with an exchange after it was kept. */
    EventRoute then(Processor value) {
        processor = value;
        return this;
    }

    /** Adds a route on the same endpoint. */
    EventRoute second(Processor value) {
        second = value;
        return this;
    }

    /** What the route's error handler does with each failure, which stays unhandled. */
    EventRoute onException(Processor value) {
        onException = value;
        return this;
    }

    /** @param options more of the endpoint's, such as {@code "operations=create"} */
    EventRoute start(String... options) throws Exception {
        token(simulator.accessToken());
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        checks.register(checks.resolveById("consumers"));
        List<String> all = new ArrayList<>(List.of(options));
        all.add("baseUrl=RAW(" + baseUrl.get() + ")");
        if (all.stream().noneMatch(option -> option.startsWith("reconnectDelay"))) {
            all.add("reconnectDelay=5");
            all.add("maxReconnectDelay=20");
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                if (onException != null) {
                    super.onException(Exception.class).process(onException);
                }
                from("gitpod:events?" + String.join("&", all))
                        .routeId("events")
                        .autoStartup(autoStartup)
                        .process(EventRoute.this::keep)
                        .process(processor);
                if (second != null) {
                    from("gitpod:events?" + String.join("&", all))
                            .routeId("second")
                            .process(second);
                }
            }
        });
        context.start();
        return this;
    }

    /** The component's token, which is asked for at each request. */
    void token(String token) {
        context.getComponent("gitpod", GitpodComponent.class).getConfiguration().setAccessToken(token);
    }

    private void keep(Exchange exchange) {
        headers.add(Map.copyOf(exchange.getMessage().getHeaders()));
        if (exchange.getMessage().getBody() instanceof GitpodEvent event) {
            bodies.add(event);
        }
        exchanges.add(exchange.getMessage().getBody());
    }

    EventRoute awaitOpen() {
        return awaitOpen(1);
    }

    EventRoute awaitOpen(int streams) {
        await().atMost(PATIENCE)
                .until(() -> consumer().status().state() == State.OPEN
                        && consumer().getOpenStreams() == streams
                        && simulator.eventStreams().open() == streams);
        return this;
    }

    /** Publishes events of environments with these ids and waits until the route got all. */
    void deliver(String... ids) {
        int before = bodies.size();
        for (String id : ids) {
            simulator.eventStreams().publish(CREATE, ENVIRONMENT, id);
        }
        await().atMost(PATIENCE).until(() -> bodies.size() >= before + ids.length);
    }

    EventConsumer consumer() {
        return (EventConsumer) context.getRoute("events").getConsumer();
    }

    List<String> ids() {
        return bodies.stream().map(GitpodEvent::resourceId).toList();
    }

    /** The gap reason of each exchange; empty: no gap. */
    List<Optional<Object>> gapReasons() {
        return headers.stream()
                .map(map -> Optional.ofNullable(map.get(GitpodConstants.GAP_REASON)))
                .toList();
    }

    HealthCheck.Result health() {
        return HealthCheckHelper.invokeReadiness(context).stream()
                .filter(result -> result.getCheck().getId().equals("consumer:events"))
                .findFirst()
                .orElseThrow();
    }

    void awaitHealth(HealthCheck.State state) {
        await().atMost(PATIENCE).until(() -> health().getState() == state);
    }

    @Override
    public void close() {
        context.stop();
    }
}
