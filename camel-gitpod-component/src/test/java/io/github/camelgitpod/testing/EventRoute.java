package io.github.camelgitpod.testing;

import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.event.EventConsumer;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.OkHttpClient;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;

/** A Camel application with one route, {@code events}, from {@code gitpod:events} of a simulator. It keeps what it gets. */
public final class EventRoute extends RouteContext {
    public static final String CREATE = "RESOURCE_OPERATION_CREATE";
    public static final String UPDATE = "RESOURCE_OPERATION_UPDATE";
    public static final String ENVIRONMENT = "RESOURCE_TYPE_ENVIRONMENT";

    private final List<Map<String, Object>> headers = new CopyOnWriteArrayList<>();
    private final List<GitpodEvent> bodies = new CopyOnWriteArrayList<>();
    private final List<Object> exchanges = new CopyOnWriteArrayList<>();
    private final GitpodSimulator simulator;
    private boolean autoStartup = true;
    private Processor processor = exchange -> {};
    private Processor onException;
    private Processor second;

    EventRoute(GitpodSimulator simulator) {
        super(simulator);
        this.simulator = simulator;
    }

    /** The headers of each exchange. */
    public List<Map<String, Object>> headers() {
        return headers;
    }

    /** The events. */
    public List<GitpodEvent> bodies() {
        return bodies;
    }

    /** The bodies of all exchanges, gaps included. */
    public List<Object> exchanges() {
        return exchanges;
    }

    /** Lets the route use an HTTP client of its own, as it comes from the library. */
    public EventRoute plainClient() {
        configuration().setHttpClient(new OkHttpClient());
        return this;
    }

    public EventRoute autoStartup(boolean value) {
        autoStartup = value;
        return this;
    }

    /** What the route does with an exchange after it was kept. */
    public EventRoute doing(Processor value) {
        processor = value;
        return this;
    }

    /** Adds a route on the same endpoint. */
    public EventRoute second(Processor value) {
        second = value;
        return this;
    }

    /** What the route's error handler does with each failure, which stays unhandled. */
    public EventRoute onException(Processor value) {
        onException = value;
        return this;
    }

    /** @param options more of the endpoint's, such as {@code "operations=create"} */
    public EventRoute start(String... options) throws Exception {
        HealthCheckRegistry checks = HealthCheckRegistry.get(context());
        checks.register(checks.resolveById("consumers"));
        List<String> all = new ArrayList<>(List.of(options));
        if (all.stream().noneMatch(option -> option.startsWith("reconnectDelay"))) {
            all.add("reconnectDelay=5ms");
            all.add("maxReconnectDelay=20ms");
        }
        context().addRoutes(new RouteBuilder() {
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
        context().start();
        return this;
    }

    private void keep(Exchange exchange) {
        headers.add(Map.copyOf(exchange.getMessage().getHeaders()));
        if (exchange.getMessage().getBody() instanceof GitpodEvent event) {
            bodies.add(event);
        }
        exchanges.add(exchange.getMessage().getBody());
    }

    public EventRoute awaitOpen() {
        return awaitOpen(1);
    }

    public EventRoute awaitOpen(int streams) {
        await().until(() -> consumer().getStreamState().equals("OPEN")
                && consumer().getOpenStreams() == streams
                && simulator.eventStreams().open() == streams);
        return this;
    }

    /** Publishes events of environments with these ids and waits until the route got all. */
    public void deliver(String... ids) {
        int before = bodies.size();
        for (String id : ids) {
            simulator.eventStreams().publish(CREATE, ENVIRONMENT, id);
        }
        await().until(() -> bodies.size() >= before + ids.length);
    }

    public EventConsumer consumer() {
        return (EventConsumer) context().getRoute("events").getConsumer();
    }

    public List<String> ids() {
        return bodies.stream().map(GitpodEvent::resourceId).toList();
    }

    /** The gap reason of each exchange; empty: no gap. */
    public List<Optional<Object>> gapReasons() {
        return headers.stream()
                .map(map -> Optional.ofNullable(map.get(GitpodConstants.GAP_REASON)))
                .toList();
    }

    public HealthCheck.Result health() {
        return HealthCheckHelper.invokeReadiness(context()).stream()
                .filter(result -> result.getCheck().getId().equals("consumer:events"))
                .findFirst()
                .orElseThrow();
    }

    public void awaitHealth(HealthCheck.State state) {
        await().until(() -> health().getState() == state);
    }
}
