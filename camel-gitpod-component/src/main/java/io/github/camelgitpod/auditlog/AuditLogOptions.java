package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.auditlog.reader.AuditLogReaderSettings;
import io.github.camelgitpod.auditlog.reader.StartPosition;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.option.CommaList;
import io.github.camelgitpod.option.EnumNames;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.apache.camel.util.TimeUtils;

/** Reads the options of {@code gitpod:auditLogs}; what is wrong is told with the option, its value and what is allowed. */
public final class AuditLogOptions {
    /** With more the pages that may be held are too few for windows of some length. */
    private static final int MOST_CONCURRENT_REQUESTS = 16;

    private AuditLogOptions() {}

    /** @throws IllegalArgumentException naming the option, its value and what is allowed */
    public static AuditLogReaderSettings toSettings(AuditLogConfiguration options) {
        requireBetween("pageSize", options.getPageSize(), 1, AuditLogQuery.MAX_PAGE_SIZE);
        requireBetween("commitEvery", options.getCommitEvery(), 1, Integer.MAX_VALUE);
        requireBetween("maxMessagesPerPoll", options.getMaxMessagesPerPoll(), 0, Integer.MAX_VALUE);
        requireBetween("concurrentRequests", options.getConcurrentRequests(), 1, MOST_CONCURRENT_REQUESTS);
        requireBetween("lookback", options.getLookback(), 0, Long.MAX_VALUE);
        requireBetween("sweepInterval", options.getSweepInterval(), 0, Long.MAX_VALUE);
        requireBetween("sweepRange", options.getSweepRange(), 1, Long.MAX_VALUE);
        AuditLogFilter filter = new AuditLogFilter(
                CommaList.uuids("actorIds", options.getActorIds()),
                EnumNames.PRINCIPAL.parse("actorPrincipals", options.getActorPrincipals()),
                CommaList.uuids("subjectIds", options.getSubjectIds()),
                EnumNames.RESOURCE_TYPE.parse("subjectTypes", options.getSubjectTypes()));
        StartPosition start = start(options.getFrom());
        Instant to = options.getTo() == null ? null : instant("to", options.getTo());
        if (to != null && start.instant() != null && !start.instant().isBefore(to)) {
            throw new IllegalArgumentException("Option from=" + options.getFrom() + " is not before to="
                    + options.getTo() + "; allowed: from earlier than to");
        }
        return new AuditLogReaderSettings(
                filter,
                start,
                to,
                Duration.ofMillis(options.getLookback()),
                options.getCommitEvery(),
                options.getPageSize(),
                options.getOnFilterChange(),
                options.getSweepInterval() == 0 ? null : Duration.ofMillis(options.getSweepInterval()),
                Duration.ofMillis(options.getSweepRange()),
                options.getConcurrentRequests(),
                options.getMaxMessagesPerPoll());
    }

    /**
     * Where an option of the kind of {@code from} points.
     *
     * @throws IllegalArgumentException naming what is allowed
     */
    static StartPosition start(String text) {
        if (text == null || text.isBlank() || text.equalsIgnoreCase("now")) {
            return StartPosition.NOW;
        }
        if (text.equalsIgnoreCase("beginning")) {
            return StartPosition.BEGINNING;
        }
        try {
            return StartPosition.at(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return StartPosition.before(duration(text));
        }
    }

    private static Duration duration(String text) {
        try {
            Duration duration =
                    text.startsWith("P") ? Duration.parse(text) : Duration.ofMillis(TimeUtils.toMilliSeconds(text));
            // Camel's reader passes over a sign.
            if (!duration.isNegative() && !text.startsWith("-")) {
                return duration;
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // told below
        }
        throw new IllegalArgumentException(
                "Option from=" + text + " is no position; allowed: now, beginning, an RFC 3339"
                        + " instant such as 2026-02-18T10:00:00Z, or a duration back from now such as 24h or P30D");
    }

    private static Instant instant(String option, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Option " + option + "=" + text
                    + " is no instant; allowed: an RFC 3339 instant such as 2026-02-18T10:00:00Z");
        }
    }

    private static void requireBetween(String option, long value, long least, long most) {
        if (value < least || value > most) {
            boolean bounded = most < Integer.MAX_VALUE;
            throw new IllegalArgumentException("Option " + option + "=" + value + "; allowed: "
                    + (bounded ? least + " to " + most : least + " or more"));
        }
    }
}
