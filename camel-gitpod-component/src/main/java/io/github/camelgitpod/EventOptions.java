package io.github.camelgitpod;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.EventQuery.ResourceTypeFilter;
import io.github.camelgitpod.event.StreamSettings;
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

    /** @param random uniform in [0, 1), for the waits */
    StreamSettings toSettings(DoubleSupplier random) {
        return new StreamSettings(
                toQuery(),
                duration("idleTimeout", options.getIdleTimeout()),
                maxLineBytes(),
                new Backoff(duration("reconnectDelay", options.getReconnectDelay()), longestReconnectDelay(), random));
    }

    EventQuery toQuery() {
        String environmentId = environmentId();
        boolean organization = options.getOrganization() == null || options.getOrganization();
        List<ResourceTypeFilter> filters = new ResourceTypeFilters(options).toList();
        if (environmentId == null) {
            if (!organization) {
                throw new IllegalArgumentException(
                        "Option organization=false leaves nothing to watch; allowed: true, or an environmentId");
            }
            return new EventQuery(null, filters);
        }
        if (options.getOrganization() != null && organization) {
            throw new IllegalArgumentException("Options organization=true and environmentId=" + environmentId
                    + " exclude each other; allowed: one of them");
        }
        return new EventQuery(environmentId, List.of());
    }

    /** In full; empty: all. */
    Set<String> operations() {
        return new HashSet<>(EnumNames.RESOURCE_OPERATION.parse("operations", options.getOperations()));
    }

    private String environmentId() {
        String value = options.getEnvironmentId();
        if (value != null && value.isBlank()) {
            throw new IllegalArgumentException("Option environmentId is empty; allowed: the UUID of one environment");
        }
        List<String> ids = CommaList.parse("environmentId", value);
        if (ids.size() > 1 || ids.contains("*")) {
            throw new IllegalArgumentException("Option environmentId=" + value
                    + " means several environments, which this version cannot watch in one route yet;"
                    + " allowed: the UUID of one environment");
        }
        return ids.isEmpty() ? null : CommaList.uuids("environmentId", value).get(0);
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
