package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.auditlog.reader.AuditLogReaderSettings;
import io.github.camelgitpod.auditlog.reader.StartPosition;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.option.CommaList;
import io.github.camelgitpod.option.EnumNames;
import io.github.camelgitpod.option.OptionChecks;
import io.github.camelgitpod.option.OptionErrors;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.apache.camel.util.TimeUtils;

/**
 * The options of {@code gitpod:auditLogs}, checked and in the reader's terms. Each method throws
 * {@link IllegalArgumentException} that names the option, its value and what is allowed.
 */
final class AuditLogOptions {
    /** With more the pages that may be held are too few for windows of some length. */
    private static final int MOST_CONCURRENT_REQUESTS = 16;

    private final AuditLogConfiguration options;

    AuditLogOptions(AuditLogConfiguration options) {
        this.options = options;
    }

    /** @param spillDirectory where pages of an older server may wait; null: where temporary files are */
    AuditLogReaderSettings toSettings(Path spillDirectory) {
        StartPosition start = start(options.getFrom());
        return new AuditLogReaderSettings(
                filter(),
                start,
                end(start),
                OptionChecks.zeroOrLonger("lookback", options.getLookback()),
                OptionChecks.atLeast("commitEvery", options.getCommitEvery(), 1),
                OptionChecks.between("pageSize", options.getPageSize(), 1, AuditLogQuery.MAX_PAGE_SIZE),
                options.getOnFilterChange(),
                sweepInterval(),
                OptionChecks.longerThanZero("sweepRange", options.getSweepRange()),
                OptionChecks.between(
                        "concurrentRequests", options.getConcurrentRequests(), 1, MOST_CONCURRENT_REQUESTS),
                OptionChecks.atLeast("maxMessagesPerPoll", options.getMaxMessagesPerPoll(), 0),
                spillDirectory);
    }

    private AuditLogFilter filter() {
        return new AuditLogFilter(
                CommaList.uuids("actorIds", options.getActorIds()),
                EnumNames.PRINCIPAL.parse("actorPrincipals", options.getActorPrincipals()),
                CommaList.uuids("subjectIds", options.getSubjectIds()),
                EnumNames.RESOURCE_TYPE.parse("subjectTypes", options.getSubjectTypes()));
    }

    /** Null: there is none. */
    private Instant end(StartPosition start) {
        if (options.getTo() == null) {
            return null;
        }
        Instant to = instant("to", options.getTo());
        if (start.instant() != null && !start.instant().isBefore(to)) {
            throw OptionErrors.wrong(
                    "from", options.getFrom(), "is not before to=" + options.getTo(), "from earlier than to");
        }
        return to;
    }

    /** Null: there are no sweeps. */
    private Duration sweepInterval() {
        Duration interval = OptionChecks.zeroOrLonger("sweepInterval", options.getSweepInterval());
        return interval.isZero() ? null : interval;
    }

    /** Where an option of the kind of {@code from} points. */
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
            // Camel's reader ignores a sign.
            if (!duration.isNegative() && !text.startsWith("-")) {
                return duration;
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Refused below, as a negative duration is.
        }
        throw OptionErrors.wrong(
                "from",
                text,
                "is no position",
                "now, beginning, an RFC 3339 instant such as 2026-02-18T10:00:00Z,"
                        + " or a duration back from now such as 24h or P30D");
    }

    private static Instant instant(String option, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw OptionErrors.wrong(option, text, "is no instant", "an RFC 3339 instant such as 2026-02-18T10:00:00Z");
        }
    }
}
