package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.auditlog.reader.AuditLogReader;
import io.github.camelgitpod.auditlog.reader.AuditLogStatus;
import io.github.camelgitpod.auditlog.reader.ClockStatus;
import io.github.camelgitpod.auditlog.reader.CoverageReport;
import io.github.camelgitpod.auditlog.reader.ReadProgress;
import io.github.camelgitpod.auditlog.reader.StartPosition;
import io.github.camelgitpod.consumer.ConsumerName;
import io.github.camelgitpod.consumer.Visibility;
import io.github.camelgitpod.health.HealthReport;
import io.github.camelgitpod.meter.Figure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.health.HealthCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an {@link AuditLogConsumer} shows of itself in JMX, and what can be asked of it there. */
public abstract class AuditLogMonitoring extends AuditLogHealth {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLogMonitoring.class);

    private volatile Consumer<Duration> lateness = late -> {};

    AuditLogMonitoring(Endpoint endpoint, Processor processor, InstantSource clock, LongSupplier nanoTime) {
        super(endpoint, processor, clock, nanoTime);
    }

    @Override
    protected void doBuild() throws Exception {
        // Camel would set its own here.
        if (getHealthCheck() == null) {
            AuditLogHealthCheck check = new AuditLogHealthCheck(this, Visibility.checkId(this));
            HealthCheck.State initial = initialHealthCheckState();
            if (initial != null) {
                check.setInitialState(initial);
            }
            setHealthCheck(check);
        }
        super.doBuild();
    }

    /** The session of now, or the last one; null before the start. */
    abstract AuditLogSession session();

    /** Returns at once. */
    abstract void pollOutOfTurn();

    /** Tells of a range that may not be meant. */
    abstract void warnOfOddRange(StartPosition start);

    final List<Figure> figures() {
        return AuditLogFigures.of(this, requestMeter(), listener -> lateness = listener);
    }

    final void late(Duration late) {
        lateness.accept(late);
    }

    /** The time from the watermark until now; empty: nothing was delivered yet. */
    final Optional<Duration> lag() {
        return watermark().map(watermark -> Duration.between(watermark, now()));
    }

    @ManagedOperation(description = "The cursor as it was loaded or saved last")
    public String readCursor() {
        return started().cursorStore().text();
    }

    @ManagedOperation(
            description =
                    "What was delivered without a break, as it was saved last: from, to, how many entries, what is"
                            + " missing, and why it is not longer")
    public String coverageReport() {
        CoverageReport coverage = ofReader(AuditLogReader::coverage, null);
        HealthReport now = report();
        return coverage == null
                ? CoverageReport.NONE
                : coverage.text(now.state().isUp() ? null : now.message());
    }

    @ManagedOperation(
            description =
                    "Poll at once, whatever the delay; if a poll is under way, once more after it. What the server asks"
                            + " to wait for is waited for")
    public void pollNow() {
        started();
        if (!isStarted()) {
            throw new IllegalStateException(
                    "The consumer of " + ConsumerName.of(this) + " is suspended or stopped, and polls nothing");
        }
        pollOutOfTurn();
    }

    @ManagedOperation(
            description = "Forget the cursor and begin, with the next poll, at: now, beginning, an RFC 3339"
                    + " instant, or a duration back from now")
    public void resetCursor(String position) {
        AuditLogSession current = started();
        StartPosition start = AuditLogOptions.start("position", position);
        LOG.warn("The cursor of {} is reset to {}", ConsumerName.of(this), position);
        warnOfOddRange(start);
        current.reader().resetTo(start);
    }

    /** Everything created before it has been delivered; empty before the start. */
    public Optional<Instant> watermark() {
        return Optional.ofNullable(status().watermark());
    }

    @ManagedAttribute(description = "Everything created before it has been delivered")
    public String getWatermark() {
        return Objects.toString(status().watermark(), null);
    }

    @ManagedAttribute(description = "When the newest entry delivered was created")
    public String getNewestDelivered() {
        return Objects.toString(status().newest(), null);
    }

    @ManagedAttribute(description = "Entries delivered since the start of this consumer")
    public long getDeliveredEntries() {
        return status().delivered();
    }

    @ManagedAttribute(description = "Ids that are remembered, of entries at the watermark or later")
    public int getRememberedIds() {
        return status().rememberedIds();
    }

    @ManagedAttribute(description = "Entries that became visible after newer ones had been delivered")
    public long getLateEntries() {
        return status().late();
    }

    @ManagedAttribute(description = "Entries that became visible later than lookback, found by a sweep")
    public long getEntriesBeyondLookback() {
        return status().beyondLookback();
    }

    @ManagedAttribute(
            description = "Entries that were listed again in the read that delivered them, and not delivered again")
    public long getDroppedDuplicates() {
        return status().dropped();
    }

    @ManagedAttribute(description = "How often the cursor was saved")
    public long getStateSaves() {
        return ofReader(AuditLogReader::saves, 0L);
    }

    @ManagedAttribute(description = "How often the cursor could not be saved")
    public long getStateSaveFailures() {
        return ofReader(AuditLogReader::saveFailures, 0L);
    }

    @ManagedAttribute(description = "How often another consumer went on with the cursor, and this one stood by")
    public long getOvertaken() {
        return ofReader(AuditLogReader::overtaken, 0L);
    }

    @ManagedAttribute(description = "Requests sent")
    public long getRequests() {
        return requestMeter().total();
    }

    @ManagedAttribute(description = "Seconds in which no request was sent, because the server wanted fewer")
    public long getThrottledSeconds() {
        return requestMeter().throttled().toSeconds();
    }

    @ManagedAttribute(description = "Late entries by how late they were found")
    public String getLateness() {
        return status().latenessByBucket();
    }

    @ManagedAttribute(description = "What the server was found to be: MODERN or LEGACY")
    public String getServerCapability() {
        return status().server();
    }

    @ManagedAttribute(
            description = "How often the server's clock and this machine's began to disagree by more than lookback")
    public long getClockDisagreements() {
        return clocks().disagreements();
    }

    @ManagedAttribute(description = "While the server's clock and this machine's disagree: what they say")
    public String getClockDisagreement() {
        return clocks().disagreement();
    }

    @ManagedAttribute(
            description = "While a read is under way: everything created before it has been read and delivered")
    public String getReadPosition() {
        return Objects.toString(progress().position(), null);
    }

    @ManagedAttribute(description = "While a read is under way: entries until now")
    public long getReadEntries() {
        return progress().entries();
    }

    @ManagedAttribute(description = "While a read is under way: entries a second, on average")
    public long getReadEntriesPerSecond() {
        return progress().entriesPerSecond();
    }

    @ManagedAttribute(description = "While a read is under way: requests until now")
    public long getReadRequests() {
        return progress().requests();
    }

    @ManagedAttribute(description = "While a read is under way: about how many entries are left")
    public long getReadEntriesLeft() {
        return progress().entriesLeft();
    }

    @ManagedAttribute(description = "While a read is under way: about how many seconds are left")
    public long getReadSecondsLeft() {
        return progress().secondsLeft();
    }

    private AuditLogSession started() {
        AuditLogSession current = session();
        if (current == null) {
            throw new IllegalStateException(
                    "The consumer of " + ConsumerName.of(this) + " is not started, and knows no cursor");
        }
        return current;
    }

    private AuditLogStatus status() {
        return ofReader(AuditLogReader::status, AuditLogStatus.NONE);
    }

    private ClockStatus clocks() {
        return ofReader(AuditLogReader::clocks, ClockStatus.NONE);
    }

    private ReadProgress progress() {
        return ofReader(AuditLogReader::progress, ReadProgress.NONE);
    }

    /** What the reader of now tells, or this before the start. */
    private <T> T ofReader(Function<AuditLogReader, T> figure, T before) {
        AuditLogSession current = session();
        return current == null ? before : figure.apply(current.reader());
    }
}
