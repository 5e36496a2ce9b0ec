package io.github.camelgitpod.consumer;

import io.github.camelgitpod.health.HealthReport;
import io.github.camelgitpod.health.HealthState;
import io.github.camelgitpod.meter.Figure;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The figures of a consumer's health. Others do not show it all: a consumer that is finished asks for nothing, and so does one that stands
 * still.
 */
public final class HealthFigure {

    private HealthFigure() {}

    public static Figure of(Supplier<HealthReport> health) {
        return new Figure.OneOf(
                "gitpod.health",
                "1 for the state of health that the consumer is in, 0 for each of the others",
                "state",
                Arrays.stream(HealthState.values()).map(Enum::name).toList(),
                () -> health.get().state().name());
    }

    /** How often the consumer lost its state to another one. */
    public static Figure overtaken(LongSupplier times) {
        return new Figure.Count(
                "gitpod.overtaken",
                "How often another consumer went on with the state of this one, which stood by",
                times::getAsLong);
    }
}
