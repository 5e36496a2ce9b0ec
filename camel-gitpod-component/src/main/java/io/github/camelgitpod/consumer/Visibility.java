package io.github.camelgitpod.consumer;

import io.github.camelgitpod.health.HealthReport;
import io.github.camelgitpod.meter.Figure;
import io.github.camelgitpod.meter.Meters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.LifecycleStrategy;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What others see of a consumer while it runs, wherever it was started: its meters, its bean, and what its health says in the
 * log. Camel looks only at the consumer that a route names; one behind {@code master:} has to make itself known.
 */
public final class Visibility {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Visibility.class);

    private final DefaultConsumer consumer;
    private final Supplier<HealthReport> health;
    private final Supplier<List<Figure>> figures;
    private Lookout lookout;
    private Meters meters = Meters.NONE;

    /**
     * @param health  how the consumer is now
     * @param figures to be shown as meters
     */
    public Visibility(DefaultConsumer consumer, Supplier<HealthReport> health, Supplier<List<Figure>> figures) {
        this.consumer = consumer;
        this.health = health;
        this.figures = figures;
    }

    /** The route that gets what a consumer brings, also when another consumer is in between; null: it is not known. */
    public static Route routeOf(DefaultConsumer consumer) {
        return consumer.getRoute() != null ? consumer.getRoute() : routeOf(context(consumer), consumer.getProcessor());
    }

    static Route routeOf(CamelContext context, Processor processor) {
        return context.getRoutes().stream()
                .filter(route -> route.getProcessor() == processor)
                .findFirst()
                .orElse(null);
    }

    /** The id of a consumer's check, as Camel would choose it. */
    public static String checkId(DefaultConsumer consumer) {
        return checkId(routeOf(consumer));
    }

    static String checkId(Route route) {
        return "consumer:" + (route == null ? null : route.getRouteId());
    }

    /** The consumer is about to start: from now on no other one runs for its route. */
    public void prepare() {
        RunningConsumers.of(context(consumer)).replaceBy(consumer);
    }

    /** The consumer starts. */
    public void begin() {
        Route route = routeOf(consumer);
        String name = route == null ? consumer.getEndpoint().getEndpointBaseUri() : route.getRouteId();
        ClusteredRoutes.find(context(consumer), route).ifPresent(ClusteredRoute::takesOver);
        RunningConsumers.of(context(consumer)).add(consumer);
        meters = Meters.register(context(consumer), name, figures.get());
        if (isBehindAnother(route)) {
            strategies().forEach(strategy -> strategy.onServiceAdd(context(consumer), consumer, route));
        }
        HealthLog log = new HealthLog(ConsumerName.of(consumer));
        lookout = new Lookout(context(consumer));
        // At any time of a second: where many routes start together, they are not all looked at at once.
        long first = ThreadLocalRandom.current().nextLong(BETWEEN_LOOKS.toNanos());
        lookAgain(Duration.ofNanos(first), log, lookout);
    }

    /** The consumer was stopped. */
    public void end() {
        hide();
        ClusteredRoutes.find(context(consumer), routeOf(consumer)).ifPresent(ClusteredRoute::handsOver);
    }

    /** The consumer failed, which Camel tells of each change of its state; it was stopped then, unless it is its stop that failed. */
    public void failed(Exception failure) {
        if (consumer.isStopping() || consumer.isSuspending()) {
            return;
        }
        hide();
        ClusteredRoutes.failed(context(consumer), consumer.getProcessor(), failure);
    }

    private void hide() {
        if (lookout != null) {
            lookout.close();
            lookout = null;
        }
        Route route = routeOf(consumer);
        if (isBehindAnother(route)) {
            strategies().forEach(strategy -> strategy.onServiceRemove(context(consumer), consumer, route));
        }
        meters.remove();
        meters = Meters.NONE;
        RunningConsumers.of(context(consumer)).remove(consumer);
    }

    /** Whether Camel shows another consumer as that of the route. This one is managed then as Camel does it with that one. */
    private boolean isBehindAnother(Route route) {
        return route != null && consumer.getRoute() == null;
    }

    private List<LifecycleStrategy> strategies() {
        return context(consumer).getLifecycleStrategies();
    }

    private void lookAgain(Duration wait, HealthLog log, Lookout current) {
        current.later(wait, () -> {
            look(log);
            lookAgain(BETWEEN_LOOKS, log, current);
        });
    }

    private void look(HealthLog log) {
        try {
            log.look(health.get());
            meters.refresh();
        } catch (RuntimeException | Error e) {
            // Whatever it was, the next look must come.
            LOG.warn("The health of {} could not be looked at", ConsumerName.of(consumer), e);
        }
    }

    private static CamelContext context(DefaultConsumer consumer) {
        return consumer.getEndpoint().getCamelContext();
    }
}
