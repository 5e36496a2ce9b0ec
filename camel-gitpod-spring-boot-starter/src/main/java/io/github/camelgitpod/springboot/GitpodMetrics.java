package io.github.camelgitpod.springboot;

import io.github.camelgitpod.auditlog.AuditLogConsumer;
import io.github.camelgitpod.event.EventConsumer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
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
    private static final String TAG = "route";

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
            replace(route, meters, auditLog(consumer));
        } else if (service instanceof EventConsumer consumer) {
            replace(route, meters, events(consumer));
        }
    }

    /** A route that is started again has a new consumer; the meters of the old one would be returned for the new one. */
    private void replace(Route route, MeterRegistry meters, List<Figure> figures) {
        metersByRoute.getOrDefault(route.getRouteId(), List.of()).forEach(meters::remove);
        metersByRoute.put(
                route.getRouteId(),
                figures.stream()
                        .map(figure -> figure.register(meters, route.getRouteId()))
                        .toList());
    }

    private List<Figure> auditLog(AuditLogConsumer consumer) {
        return List.of(
                counter(
                        "gitpod.auditlog.entries",
                        "Entries delivered",
                        consumer,
                        AuditLogConsumer::getDeliveredEntries),
                counter(
                        "gitpod.auditlog.entries.late",
                        "Entries that became visible after newer ones had been delivered",
                        consumer,
                        AuditLogConsumer::getLateEntries),
                counter(
                        "gitpod.auditlog.entries.beyond.lookback",
                        "Entries that became visible later than lookback, found by a sweep",
                        consumer,
                        AuditLogConsumer::getEntriesBeyondLookback),
                counter(
                        "gitpod.auditlog.clock.disagreements",
                        "How often the server's clock and this machine's began to disagree by more than lookback",
                        consumer,
                        AuditLogConsumer::getClockDisagreements),
                gauge(
                        "gitpod.auditlog.read.entries.left",
                        "While a read is under way: about how many entries are left",
                        consumer,
                        AuditLogConsumer::getReadEntriesLeft),
                (meters, route) -> TimeGauge.builder(
                                "gitpod.auditlog.lag", consumer, TimeUnit.MILLISECONDS, this::lagMillis)
                        .description("Everything older than this has been delivered")
                        .tag(TAG, route)
                        .register(meters));
    }

    private static List<Figure> events(EventConsumer consumer) {
        return List.of(
                counter("gitpod.events", "Events received", consumer, EventConsumer::getEvents),
                counter(
                        "gitpod.events.gaps",
                        "Times in which events may have been missed",
                        consumer,
                        EventConsumer::getGaps),
                counter(
                        "gitpod.events.gaps.closed",
                        "Gaps of which all was delivered that could be recovered",
                        consumer,
                        EventConsumer::getClosedGaps),
                counter(
                        "gitpod.events.recovered",
                        "Events that were recovered after gaps",
                        consumer,
                        EventConsumer::getRecoveredEvents),
                counter("gitpod.events.connects", "Connections opened", consumer, EventConsumer::getConnects),
                gauge("gitpod.events.streams", "Streams that are held", consumer, EventConsumer::getStreams),
                gauge(
                        "gitpod.events.streams.open",
                        "Streams that have a connection",
                        consumer,
                        EventConsumer::getOpenStreams),
                gauge(
                        "gitpod.events.waiting",
                        "Events that were received and wait for the route",
                        consumer,
                        EventConsumer::getWaitingEvents));
    }

    private double lagMillis(AuditLogConsumer consumer) {
        return consumer.watermark()
                .map(watermark ->
                        (double) Duration.between(watermark, clock.instant()).toMillis())
                .orElse(Double.NaN);
    }

    private static <C> Figure counter(String name, String description, C consumer, ToDoubleFunction<C> value) {
        return (meters, route) -> FunctionCounter.builder(name, consumer, value)
                .description(description)
                .tag(TAG, route)
                .register(meters);
    }

    private static <C> Figure gauge(String name, String description, C consumer, ToDoubleFunction<C> value) {
        return (meters, route) -> Gauge.builder(name, consumer, value)
                .description(description)
                .tag(TAG, route)
                .register(meters);
    }

    /** One figure of a consumer. A meter holds its consumer weakly, as it should. */
    private interface Figure {
        Meter register(MeterRegistry meters, String route);
    }
}
