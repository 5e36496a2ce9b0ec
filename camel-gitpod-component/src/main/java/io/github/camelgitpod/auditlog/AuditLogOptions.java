package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.auditlog.query.EntryDetails;
import io.github.camelgitpod.auditlog.reader.AuditLogReaderSettings;
import io.github.camelgitpod.auditlog.reader.StartPosition;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.ServerLimits;
import io.github.camelgitpod.option.OptionChecks;
import io.github.camelgitpod.option.OptionErrors;
import io.github.camelgitpod.option.TimeTexts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

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

    /**
     * @param address        the API's base URL
     * @param shared         whether other machines may go on with the cursor
     * @param spillDirectory where pages of an older server may wait; null: where temporary files are
     */
    AuditLogReaderSettings toSettings(String address, boolean shared, Path spillDirectory) {
        Written from = from();
        StartPosition start = start(from.name(), from.text());
        return new AuditLogReaderSettings(
                address,
                filter(),
                start,
                end(from, start, FilterOptions.of(options, "to")),
                OptionChecks.zeroOrLonger("lookback", options.getLookback()),
                OptionChecks.atLeast("commitEvery", options.getCommitEvery(), 1),
                OptionChecks.between("pageSize", options.getPageSize(), 1, ServerLimits.PAGE_SIZE),
                options.getOnFilterChange(),
                sweepInterval(),
                OptionChecks.longerThanZero("sweepRange", options.getSweepRange()),
                OptionChecks.between(
                        "concurrentRequests", options.getConcurrentRequests(), 1, MOST_CONCURRENT_REQUESTS),
                OptionChecks.atLeast("maxMessagesPerPoll", options.getMaxMessagesPerPoll(), 0),
                shared,
                spillDirectory);
    }

    /** Which entries get their details. */
    EntryDetails.Wanted details() {
        String written = options.getIncludeDetails();
        return switch (written == null ? "" : written.strip().toLowerCase(Locale.ROOT)) {
            case "false" -> EntryDetails.Wanted.NONE;
            case "true" -> EntryDetails.Wanted.LIKELY;
            case "all" -> EntryDetails.Wanted.ALL;
            default -> throw OptionErrors.wrong("includeDetails", written, "false, true, all");
        };
    }

    /** Whether entries get names, which stand in headers of one entry: a batch has none. */
    boolean resolvesNames() {
        if (options.isResolveNames() && options.isBatching()) {
            throw OptionErrors.wrong("resolveNames", true, "and batching=true", "one of the two");
        }
        return options.isResolveNames();
    }

    private AuditLogFilter filter() {
        return FilterOptions.read(option -> FilterOptions.of(options, option));
    }

    /** Without one a consumer begins now. */
    private Written from() {
        Written written = FilterOptions.of(options, "from");
        return written.text() == null ? Written.option("from", "now") : written;
    }

    /**
     * Where a range ends.
     *
     * @param start where {@code from} points; null: nowhere
     * @return null: it does not end
     */
    static Instant end(Written from, StartPosition start, Written to) {
        if (to.text() == null) {
            return null;
        }
        Instant end = TimeTexts.instant(to.text())
                .orElseThrow(() -> OptionErrors.wrong(to.name(), to.text(), "is not an instant", TimeTexts.INSTANT));
        if (start != null && start.instant() != null && !start.instant().isBefore(end)) {
            throw OptionErrors.wrong(from.name(), from.text(), "is not before to=" + to.text(), "from earlier than to");
        }
        return end;
    }

    /** Null: there are no sweeps. */
    private Duration sweepInterval() {
        Duration interval = OptionChecks.zeroOrLonger("sweepInterval", options.getSweepInterval());
        return interval.isZero() ? null : interval;
    }

    /**
     * Where an option of the kind of {@code from} points.
     *
     * @param option for the message when it points nowhere
     */
    static StartPosition start(String option, String text) {
        String position = text == null ? "" : text.strip();
        if (position.equalsIgnoreCase("now")) {
            return StartPosition.NOW;
        }
        if (position.equalsIgnoreCase("beginning")) {
            return StartPosition.BEGINNING;
        }
        return TimeTexts.instant(position)
                .map(AuditLogOptions::notBeforeTheBeginning)
                .or(() -> TimeTexts.duration(position).map(StartPosition::before))
                .orElseThrow(() -> OptionErrors.wrong(
                        option,
                        text,
                        "does not say where to begin",
                        "now, beginning, " + TimeTexts.INSTANT + "; or back from now " + TimeTexts.DURATION));
    }

    /**
     * What is odd about a range although it may be meant, in words for the log; null: nothing.
     *
     * @param to  where it ends; null: never
     * @param now by any clock
     */
    static String doubt(StartPosition start, Instant to, Instant now) {
        Instant from = start.resolve(now);
        if (from.isAfter(now)) {
            return "begins in the future, at " + from + ": nothing is delivered before";
        }
        if (to != null && !from.isBefore(to)) {
            return "begins at " + from + ", which is not before to=" + to
                    + ": only a cursor from before has anything to deliver";
        }
        return null;
    }

    /** A server reads no times before the year 1, and {@code lookback} goes back from here. */
    private static StartPosition notBeforeTheBeginning(Instant instant) {
        return instant.isBefore(Instant.EPOCH) ? StartPosition.BEGINNING : StartPosition.at(instant);
    }
}
