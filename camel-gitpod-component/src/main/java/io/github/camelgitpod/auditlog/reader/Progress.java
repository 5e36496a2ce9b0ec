package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.client.Durations;
import io.github.camelgitpod.model.AuditLogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a read through a range. A read that takes long is reported in the log, every ten seconds. */
final class Progress {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private final LongSupplier requestsSent;
    private long beganAt;
    private long reportedAt;
    private long requestsBefore;
    private long entries;
    private boolean reported;
    private Instant first;
    private Instant end;
    private volatile ReadProgress current = ReadProgress.NONE;

    /**
     * @param nanoTime     a monotonic clock, such as {@link System#nanoTime()}
     * @param requestsSent counts the requests
     */
    Progress(LongSupplier nanoTime, LongSupplier requestsSent) {
        this.nanoTime = nanoTime;
        this.requestsSent = requestsSent;
    }

    /** How far the read has come; may be asked by any thread. */
    ReadProgress current() {
        return current;
    }

    /** @param to where the range ends */
    void begin(Instant to) {
        beganAt = nanoTime.getAsLong();
        reportedAt = beganAt;
        reported = false;
        requestsBefore = requestsSent.getAsLong();
        entries = 0;
        first = null;
        end = to;
    }

    /** @param position where the read is with this page, which was delivered */
    void delivered(List<AuditLogEntry> page, Instant position) {
        if (first == null && !page.isEmpty()) {
            first = page.get(0).createdAt();
        }
        entries += page.size();
        long now = nanoTime.getAsLong();
        current = at(now, position);
        if (now - reportedAt >= BETWEEN_LINES.toNanos()) {
            reportedAt = now;
            reported = true;
            LOG.info(
                    "Reading: at {}, {} entries in {} requests, {} entries/s; about {} entries and {} left",
                    position,
                    current.entries(),
                    current.requests(),
                    current.entriesPerSecond(),
                    current.entriesLeft(),
                    Durations.text(Duration.ofSeconds(current.secondsLeft())));
        }
    }

    /** @param complete whether everything was delivered */
    void end(boolean complete) {
        if (reported) {
            LOG.info(
                    "Reading {}: {} entries in {} requests and {} s",
                    complete ? "is complete" : "was interrupted",
                    entries,
                    requestsSent.getAsLong() - requestsBefore,
                    Duration.ofNanos(nanoTime.getAsLong() - beganAt).toSeconds());
        }
        current = ReadProgress.NONE;
    }

    private ReadProgress at(long now, Instant position) {
        double seconds = Math.max(1, now - beganAt) / 1e9;
        Duration covered = first == null ? Duration.ZERO : Duration.between(first, position);
        Duration left = Duration.between(position, end);
        double share = covered.isZero() || covered.isNegative() || left.isNegative()
                ? 0
                : (double) left.toMillis() / Math.max(1, covered.toMillis());
        return new ReadProgress(
                position,
                entries,
                Math.round(entries / seconds),
                requestsSent.getAsLong() - requestsBefore,
                Math.round(entries * share),
                Math.round(seconds * share));
    }
}
