package io.github.camelgitpod.event;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.EventQuery.ResourceTypeFilter;
import io.github.camelgitpod.event.group.StreamScopes;
import io.github.camelgitpod.event.stream.StreamSettings;
import io.github.camelgitpod.option.CommaList;
import io.github.camelgitpod.option.EnumNames;
import io.github.camelgitpod.option.OptionChecks;
import io.github.camelgitpod.option.OptionErrors;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
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
    private static final String ENVIRONMENTS = "UUIDs of environments, separated by commas, or *";
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(|B|KB|MB|GB)");

    private final EventConfiguration options;

    EventOptions(EventConfiguration options) {
        this.options = options;
    }

    /** @param random uniform in [0, 1), for waits and ages */
    StreamSettings toSettings(DoubleSupplier random) {
        return new StreamSettings(
                OptionChecks.timeout("idleTimeout", options.getIdleTimeout()),
                maxConnectionAge(),
                maxLineBytes(),
                new Backoff(
                        OptionChecks.timeout("reconnectDelay", options.getReconnectDelay()),
                        longestReconnectDelay(),
                        random),
                random);
    }

    StreamScopes toScopes() {
        String value = options.getEnvironmentId();
        if (value != null && value.isBlank()) {
            throw OptionErrors.withoutValue("environmentId", "is empty", ENVIRONMENTS);
        }
        List<ResourceTypeFilter> filters = new ResourceTypeFilters(options).toList();
        List<String> ids = CommaList.parse("environmentId", value);
        boolean every = ids.contains("*");
        if (every && ids.size() > 1) {
            throw OptionErrors.wrong("environmentId", value, "has ids beside *", ENVIRONMENTS);
        }
        if (Boolean.FALSE.equals(options.getOrganization()) && (ids.isEmpty() || every)) {
            throw OptionErrors.wrong(
                    "organization",
                    false,
                    every ? "contradicts environmentId=*, which has its stream" : "leaves nothing to watch",
                    "true, or ids in environmentId");
        }
        if (Boolean.TRUE.equals(options.getOrganization()) && !ids.isEmpty() && !every) {
            throw OptionErrors.wrong(
                    "organization",
                    true,
                    "and environmentId=" + value + " exclude each other",
                    "one of them, or environmentId=*");
        }
        List<EventQuery> queries = ids.isEmpty() || every
                ? List.of(new EventQuery(null, filters))
                : CommaList.uuids("environmentId", value).stream()
                        .distinct()
                        .map(id -> new EventQuery(id, List.of()))
                        .toList();
        return new StreamScopes(queries, every, OptionChecks.atLeast("maxStreams", options.getMaxStreams(), 1));
    }

    Duration maxStall() {
        return OptionChecks.timeout("maxStall", options.getMaxStall());
    }

    /** None: nothing is recovered. */
    Set<EventRecovery.Way> recoveries() {
        String value = options.getReconcile();
        List<String> names = CommaList.parse("reconcile", value);
        Set<EventRecovery.Way> ways = EnumSet.noneOf(EventRecovery.Way.class);
        if (names.size() == 1 && names.get(0).equalsIgnoreCase("none")) {
            return ways;
        }
        for (String name : names) {
            ways.add(Arrays.stream(EventRecovery.Way.values())
                    .filter(way -> way.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() ->
                            OptionErrors.wrong("reconcile", value, "none, relist, auditLogs, or relist,auditLogs")));
        }
        return ways;
    }

    /** In full; empty: all. */
    Set<String> operations() {
        return new HashSet<>(EnumNames.RESOURCE_OPERATION.parse("operations", options.getOperations()));
    }

    /** Null: connections are not renewed because of their age. */
    private Duration maxConnectionAge() {
        return options.getMaxConnectionAge() == 0
                ? null
                : OptionChecks.timeout("maxConnectionAge", options.getMaxConnectionAge());
    }

    private Duration longestReconnectDelay() {
        if (options.getMaxReconnectDelay() < options.getReconnectDelay()) {
            throw OptionErrors.wrong(
                    "maxReconnectDelay",
                    OptionChecks.text(options.getMaxReconnectDelay()),
                    "is too short",
                    "at least reconnectDelay=" + OptionChecks.text(options.getReconnectDelay()));
        }
        return OptionChecks.timeout("maxReconnectDelay", options.getMaxReconnectDelay());
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
        throw OptionErrors.wrong(
                "maxLineBytes",
                value,
                "is not a size",
                "1 to 100MB, in bytes or with the unit KB or MB, such as 512KB");
    }
}
