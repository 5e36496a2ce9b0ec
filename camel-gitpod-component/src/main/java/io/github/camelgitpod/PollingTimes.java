package io.github.camelgitpod;

import io.github.camelgitpod.option.OptionErrors;
import io.github.camelgitpod.option.TimeTexts;
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
            return isTime ? TimeTexts.duration(option, value.toString(), unit.toChronoUnit()) : value;
        });
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
