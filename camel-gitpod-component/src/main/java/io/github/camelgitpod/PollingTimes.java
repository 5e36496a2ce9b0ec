package io.github.camelgitpod;

import io.github.camelgitpod.option.OptionErrors;
import io.github.camelgitpod.option.TimeTexts;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Camel's options {@code delay}, {@code initialDelay} and {@code timeUnit}. In Camel the unit counts for durations that have one of
 * their own, too, and for defaults: with {@code timeUnit=SECONDS} the delay of 30 s would be 30,000 s.
 */
final class PollingTimes {
    private static final String UNIT = "timeUnit";

    private PollingTimes() {}

    /** Takes the unit out, and counts numbers that have none in it. */
    static void toMilliseconds(Map<String, Object> parameters) {
        Object written = parameters.entrySet().stream()
                .filter(option -> option.getKey().equalsIgnoreCase(UNIT))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        if (written == null) {
            return;
        }
        TimeUnit unit = unit(written.toString());
        parameters.keySet().removeIf(UNIT::equalsIgnoreCase);
        parameters.replaceAll((option, value) -> {
            boolean isTime = option.equalsIgnoreCase("delay") || option.equalsIgnoreCase("initialDelay");
            return isTime ? time(option, value.toString(), unit) : value;
        });
    }

    private static Duration time(String option, String written, TimeUnit unit) {
        if (written.startsWith("#")) {
            throw OptionErrors.wrong(
                    option,
                    written,
                    "is a bean, and timeUnit=" + unit + " would not count for it",
                    "a bean without timeUnit: a java.time.Duration, or a number of milliseconds");
        }
        return TimeTexts.duration(option, written, unit.toChronoUnit());
    }

    private static TimeUnit unit(String written) {
        return Arrays.stream(TimeUnit.values())
                .filter(unit -> unit.name().equalsIgnoreCase(written.strip()))
                .findFirst()
                .orElseThrow(() -> OptionErrors.wrong(
                        UNIT,
                        written,
                        Arrays.stream(TimeUnit.values()).map(Enum::name).collect(Collectors.joining(", "))));
    }
}
