package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.auditlog.reader.AuditLogStatus;
import io.github.camelgitpod.auditlog.reader.ReadProgress;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.support.ScheduledBatchPollingConsumer;

/** What an {@link AuditLogConsumer} shows of itself in JMX. */
public abstract class AuditLogMonitoring extends ScheduledBatchPollingConsumer {

    AuditLogMonitoring(Endpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    /** How far the delivery is; before the start: nowhere. */
    abstract AuditLogStatus status();

    /** How far the read is that is under way. */
    abstract ReadProgress progress();

    /** Everything created before it has been delivered; empty before the start. */
    public Optional<Instant> watermark() {
        return Optional.ofNullable(status().watermark());
    }

    @ManagedAttribute(description = "Everything created before it has been delivered")
    public String getWatermark() {
        return text(status().watermark());
    }

    @ManagedAttribute(description = "When the newest entry delivered was created")
    public String getNewestDelivered() {
        return text(status().newest());
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

    @ManagedAttribute(description = "Late entries by how late they were found")
    public String getLateness() {
        return status().latenessByBucket();
    }

    @ManagedAttribute(description = "What the server was found to be: MODERN or LEGACY")
    public String getServerCapability() {
        return status().server();
    }

    @ManagedAttribute(
            description = "While a read is under way: everything created before it has been read and delivered")
    public String getReadPosition() {
        return text(progress().position());
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

    @ManagedAttribute(description = "While a read is under way: about so many entries are left")
    public long getReadEntriesLeft() {
        return progress().entriesLeft();
    }

    @ManagedAttribute(description = "While a read is under way: about so many seconds are left")
    public long getReadSecondsLeft() {
        return progress().secondsLeft();
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
