package io.github.camelgitpod.springboot;

import io.github.camelgitpod.AuditLogConsumer;
import io.github.camelgitpod.EventConsumer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.support.LifecycleStrategySupport;

/** The figures of the component's consumers as meters, tagged with their route. */
final class GitpodMetrics extends LifecycleStrategySupport {
    private final Supplier<MeterRegistry> registry;
    private final InstantSource clock;
    private final Map<String, List<Meter>> metersByRoute = new ConcurrentHashMap<>();

    /** @param registry may give null: then there are no meters */
    GitpodMetrics(Supplier<MeterRegistry> registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public void onServiceAdd(CamelContext context, Service service, Route route) {
        MeterRegistry meters = route == null ? null : registry.get();
        if (meters == null) {
            return;
        }
        if (service instanceof AuditLogConsumer consumer) {
            replace(meters, route, () -> auditLog(consumer, route.getRouteId(), meters));
        } else if (service instanceof EventConsumer consumer) {
            replace(meters, route, () -> events(consumer, route.getRouteId(), meters));
        }
    }

    /** A route that is started again has a new consumer; the meters of the old one would be returned for the new one. */
    private void replace(MeterRegistry meters, Route route, Supplier<List<Meter>> added) {
        metersByRoute.getOrDefault(route.getRouteId(), List.of()).forEach(meters::remove);
        metersByRoute.put(route.getRouteId(), added.get());
    }

    private List<Meter> auditLog(AuditLogConsumer consumer, String route, MeterRegistry meters) {
        return List.of(
                counter(
                        "gitpod.auditlog.entries",
                        "Entries delivered",
                        consumer,
                        AuditLogConsumer::getDeliveredEntries,
                        route,
                        meters),
                counter(
                        "gitpod.auditlog.entries.late",
                        "Entries that became visible after newer ones had been delivered",
                        consumer,
                        AuditLogConsumer::getLateEntries,
                        route,
                        meters),
                TimeGauge.builder("gitpod.auditlog.lag", consumer, TimeUnit.MILLISECONDS, this::lagMillis)
                        .description("Everything older than this has been delivered")
                        .tag("route", route)
                        .register(meters));
    }

    private List<Meter> events(EventConsumer consumer, String route, MeterRegistry meters) {
        return List.of(
                counter("gitpod.events", "Events received", consumer, EventConsumer::getEvents, route, meters),
                counter(
                        "gitpod.events.gaps",
                        "Times in which events may have been missed",
                        consumer,
                        EventConsumer::getGaps,
                        route,
                        meters),
                counter(
                        "gitpod.events.connects",
                        "Connections opened",
                        consumer,
                        EventConsumer::getConnects,
                        route,
                        meters),
                Gauge.builder(
                                "gitpod.events.open",
                                consumer,
                                c -> c.getStreamState().equals("OPEN") ? 1 : 0)
                        .description("1 while the stream is open, else 0")
                        .tag("route", route)
                        .register(meters));
    }

    private static <C> Meter counter(
            String name,
            String description,
            C consumer,
            ToDoubleFunction<C> value,
            String route,
            MeterRegistry meters) {
        return FunctionCounter.builder(name, consumer, value)
                .description(description)
                .tag("route", route)
                .register(meters);
    }

    private double lagMillis(AuditLogConsumer consumer) {
        String watermark = consumer.getWatermark();
        return watermark == null
                ? Double.NaN
                : Duration.between(Instant.parse(watermark), clock.instant()).toMillis();
    }
}
