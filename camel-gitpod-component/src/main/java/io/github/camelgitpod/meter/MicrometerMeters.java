package io.github.camelgitpod.meter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;

/** {@link Meters} of Micrometer. A meter holds its figure weakly; this holds it as long as the consumer runs. */
final class MicrometerMeters implements Meters {
    /** More values of one figure's tags than an API has, unless its texts never repeat. */
    private static final int MOST_VALUES = 100;

    private final MeterRegistry registry;
    private final Tags route;
    private final List<Figure> figures;
    private final List<Meter> meters = new ArrayList<>();
    private final Map<Figure.CountBy, Map<List<String>, Meter>> byTags = new HashMap<>();

    private MicrometerMeters(MeterRegistry registry, String route, List<Figure> figures) {
        this.registry = registry;
        this.route = Tags.of("route", route);
        this.figures = figures;
    }

    static Meters register(CamelContext context, String route, List<Figure> figures) {
        MeterRegistry registry = find(context);
        if (registry == null) {
            return NONE;
        }
        MicrometerMeters registered = new MicrometerMeters(registry, route, figures);
        figures.forEach(registered::add);
        return registered;
    }

    /** Null: there is none, or several, of which none is for all. */
    private static MeterRegistry find(CamelContext context) {
        Set<MeterRegistry> all = context.getRegistry().findByType(MeterRegistry.class);
        return all.stream()
                .filter(CompositeMeterRegistry.class::isInstance)
                .findFirst()
                .orElseGet(() -> context.getRegistry().findSingleByType(MeterRegistry.class));
    }

    private void add(Figure figure) {
        if (figure instanceof Figure.Count count) {
            meters.add(counter(count, any -> count.value().getAsDouble()).register(registry));
        } else if (figure instanceof Figure.SpentTime spent) {
            meters.add(counter(spent, any -> seconds(spent.value()))
                    .baseUnit("seconds")
                    .register(registry));
        } else if (figure instanceof Figure.Level level) {
            meters.add(Gauge.builder(level.name(), level, any -> level.value().getAsDouble())
                    .description(level.description())
                    .tags(route)
                    .register(registry));
        } else if (figure instanceof Figure.Age age) {
            meters.add(TimeGauge.builder(age.name(), age, TimeUnit.SECONDS, any -> seconds(age.value()))
                    .description(age.description())
                    .tags(route)
                    .register(registry));
        } else if (figure instanceof Figure.OneOf words) {
            words.words().forEach(word -> meters.add(one(words, word)));
        } else if (figure instanceof Figure.Spread spread) {
            Timer timer = Timer.builder(spread.name())
                    .description(spread.description())
                    .tags(route)
                    .serviceLevelObjectives(spread.bounds().toArray(Duration[]::new))
                    .register(registry);
            meters.add(timer);
            spread.source().accept(timer::record);
        }
    }

    private Meter one(Figure.OneOf words, String word) {
        return Gauge.builder(words.name(), words, any -> word.equals(words.now().get()) ? 1 : 0)
                .description(words.description())
                .tags(route.and(words.tag(), word))
                .register(registry);
    }

    private static double seconds(Supplier<Duration> value) {
        Duration time = value.get();
        return time == null ? Double.NaN : time.toMillis() / 1e3;
    }

    private <F extends Figure> FunctionCounter.Builder<F> counter(F figure, ToDoubleFunction<F> value) {
        return FunctionCounter.builder(figure.name(), figure, value)
                .description(figure.description())
                .tags(route);
    }

    @Override
    public synchronized void refresh() {
        for (Figure figure : figures) {
            if (figure instanceof Figure.CountBy counts) {
                refresh(counts, byTags.computeIfAbsent(counts, any -> new HashMap<>()));
            }
        }
    }

    private void refresh(Figure.CountBy counts, Map<List<String>, Meter> known) {
        for (List<String> values : counts.values().get().keySet()) {
            if (known.size() < MOST_VALUES) {
                known.computeIfAbsent(values, any -> add(counts, values));
            }
        }
    }

    private Meter add(Figure.CountBy counts, List<String> values) {
        Tags tags = route;
        for (int i = 0; i < values.size(); i++) {
            tags = tags.and(counts.tags().get(i), values.get(i));
        }
        Meter meter = FunctionCounter.builder(
                        counts.name(), counts, any -> counts.values().get().getOrDefault(values, 0L))
                .description(counts.description())
                .tags(tags)
                .register(registry);
        meters.add(meter);
        return meter;
    }

    @Override
    public synchronized void remove() {
        figures.stream()
                .filter(Figure.Spread.class::isInstance)
                .forEach(spread -> ((Figure.Spread) spread).source().accept(duration -> {}));
        meters.forEach(registry::remove);
        meters.clear();
        byTags.clear();
    }
}
