package io.github.camelgitpod.consumer;

import io.github.camelgitpod.health.HealthReport;
import io.github.camelgitpod.meter.Figure;
import io.github.camelgitpod.meter.Meters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What others see of a consumer while it runs, wherever it was started: its health check, its meters, and what its health says in the
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
        if (consumer.getRoute() != null) {
            return consumer.getRoute();
        }
        return context(consumer).getRoutes().stream()
                .filter(route -> route.getProcessor() == consumer.getProcessor())
                .findFirst()
                .orElse(null);
    }

    /** The id of a consumer's check: the one that Camel would choose, or, where it has another consumer, one of our own. */
    public static String checkId(DefaultConsumer consumer) {
        Route route = routeOf(consumer);
        String name = route == null ? consumer.getRouteId() : route.getRouteId();
        return (consumer.getRouteId() == null ? "gitpod:" : "consumer:") + name;
    }

    /** The consumer starts. */
    public void begin() {
        Route route = routeOf(consumer);
        String name = route == null ? consumer.getEndpoint().getEndpointBaseUri() : route.getRouteId();
        if (consumer.getRoute() == null && isWanted()) {
            HealthCheckRegistry.get(context(consumer)).register(consumer.getHealthCheck());
        }
        RunningConsumers.of(context(consumer)).add(consumer);
        meters = Meters.register(context(consumer), name, figures.get());
        HealthLog log = new HealthLog(ConsumerName.of(consumer));
        lookout = new Lookout(context(consumer));
        // At any time of a second: where many routes start together, they are not all looked at at once.
        long first = ThreadLocalRandom.current().nextLong(BETWEEN_LOOKS.toNanos());
        lookAgain(Duration.ofNanos(first), log, lookout);
    }

    /** The consumer was stopped, or could not start. */
    public void end() {
        if (lookout != null) {
            lookout.close();
            lookout = null;
        }
        meters.remove();
        meters = Meters.NONE;
        RunningConsumers.of(context(consumer)).remove(consumer);
        HealthCheckRegistry checks = HealthCheckRegistry.get(context(consumer));
        if (checks != null && consumer.getHealthCheck() != null) {
            checks.unregister(consumer.getHealthCheck());
        }
    }

    /** Whether the application wants checks of consumers. */
    private boolean isWanted() {
        HealthCheckRepository ofConsumers = HealthCheckHelper.getHealthCheckRepository(context(consumer), "consumers");
        return ofConsumers != null && ofConsumers.isEnabled();
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
