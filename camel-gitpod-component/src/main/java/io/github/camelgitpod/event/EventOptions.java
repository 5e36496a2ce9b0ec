package io.github.camelgitpod.event;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.EventQuery.ResourceTypeFilter;
import io.github.camelgitpod.event.group.StreamScopes;
import io.github.camelgitpod.event.stream.StreamSettings;
import io.github.camelgitpod.option.CommaList;
import io.github.camelgitpod.option.EnumNames;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options of {@code gitpod:events}, checked and in the stream's terms. Each method throws
 * {@link IllegalArgumentException} that names the option, its value and what is allowed.
 */
final class EventOptions {
    private static final long LARGEST_LINE = 100L << 20;
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(|B|KB|MB|GB)");

    private final EventConfiguration options;

    EventOptions(EventConfiguration options) {
        this.options = options;
    }

    /** @param random uniform in [0, 1), for waits and ages */
    StreamSettings toSettings(DoubleSupplier random) {
        return new StreamSettings(
                duration("idleTimeout", options.getIdleTimeout()),
                options.getMaxConnectionAge() == 0 ? null : duration("maxConnectionAge", options.getMaxConnectionAge()),
                maxLineBytes(),
                new Backoff(duration("reconnectDelay", options.getReconnectDelay()), longestReconnectDelay(), random),
                random);
    }

    StreamScopes toScopes() {
        String value = options.getEnvironmentId();
        if (value != null && value.isBlank()) {
            throw wrongScope("Option environmentId is empty");
        }
        List<ResourceTypeFilter> filters = new ResourceTypeFilters(options).toList();
        List<String> ids = CommaList.parse("environmentId", value);
        boolean every = ids.contains("*");
        if (every && ids.size() > 1) {
            throw wrongScope("Option environmentId=" + value + " has ids beside *");
        }
        if (Boolean.FALSE.equals(options.getOrganization()) && (ids.isEmpty() || every)) {
            throw new IllegalArgumentException("Option organization=false "
                    + (every ? "contradicts environmentId=*, which has its stream" : "leaves nothing to watch")
                    + "; allowed: true, or ids in environmentId");
        }
        if (Boolean.TRUE.equals(options.getOrganization()) && !ids.isEmpty() && !every) {
            throw new IllegalArgumentException("Options organization=true and environmentId=" + value
                    + " exclude each other; allowed: one of them, or environmentId=*");
        }
        if (options.getMaxStreams() < 1) {
            throw new IllegalArgumentException("Option maxStreams=" + options.getMaxStreams() + "; allowed: 1 or more");
        }
        List<EventQuery> queries = ids.isEmpty() || every
                ? List.of(new EventQuery(null, filters))
                : CommaList.uuids("environmentId", value).stream()
                        .distinct()
                        .map(id -> new EventQuery(id, List.of()))
                        .toList();
        return new StreamScopes(queries, every, options.getMaxStreams());
    }

    Duration maxStall() {
        return duration("maxStall", options.getMaxStall());
    }

    /** None: nothing is recovered. */
    Set<EventRecovery.Way> recoveries() {
        return EventRecovery.parse("reconcile", options.getReconcile());
    }

    /** In full; empty: all. */
    Set<String> operations() {
        return new HashSet<>(EnumNames.RESOURCE_OPERATION.parse("operations", options.getOperations()));
    }

    private static IllegalArgumentException wrongScope(String what) {
        return new IllegalArgumentException(what + "; allowed: UUIDs of environments, separated by commas, or *");
    }

    private Duration longestReconnectDelay() {
        if (options.getMaxReconnectDelay() < options.getReconnectDelay()) {
            throw new IllegalArgumentException("Option maxReconnectDelay=" + options.getMaxReconnectDelay()
                    + " (ms) is too short; allowed: at least reconnectDelay=" + options.getReconnectDelay());
        }
        return duration("maxReconnectDelay", options.getMaxReconnectDelay());
    }

    private int maxLineBytes() {
        String value = options.getMaxLineBytes();
        Matcher size = SIZE.matcher(value == null ? "" : value.trim().toUpperCase(Locale.ROOT));
        if (size.matches()) {
            int unit = List.of("", "KB", "MB", "GB").indexOf(size.group(2).equals("B") ? "" : size.group(2));
            long count = Long.parseLong(size.group(1));
            if (count > 0 && count <= LARGEST_LINE >> (10 * unit)) {
                return (int) (count << (10 * unit));
            }
        }
        throw new IllegalArgumentException("Option maxLineBytes=" + value
                + " is no size; allowed: 1 to 100MB, in bytes or with the unit KB or MB, such as 512KB");
    }

    private static Duration duration(String option, long millis) {
        // The HTTP client takes no longer ones.
        if (millis <= 0 || millis > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("Option " + option + "=" + millis
                    + " (ms) is out of range; allowed: 1 ms to 24 days, such as 30s or 5m");
        }
        return Duration.ofMillis(millis);
    }
}
