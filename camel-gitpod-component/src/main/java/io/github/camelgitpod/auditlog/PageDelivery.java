package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.auditlog.reader.Delivery;
import io.github.camelgitpod.auditlog.reader.ReadHealth;
import io.github.camelgitpod.model.AuditLogEntry;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Gives a consumer's route what a poll has read: each entry in an exchange of its own, or all of a page in one; no more than one poll may
 * deliver, and nothing after a suspension. Used by the thread that polls.
 */
final class PageDelivery implements Delivery {
    private final AuditLogConsumer consumer;
    private final AuditLogDelivery exchanges;
    private final boolean batching;
    private Delivery.Receipts receipts;
    private int delivered;

    /**
     * @param exchanges sends them
     * @param batching  whether a page comes in one exchange
     */
    PageDelivery(AuditLogConsumer consumer, AuditLogDelivery exchanges, boolean batching) {
        this.consumer = consumer;
        this.exchanges = exchanges;
        this.batching = batching;
    }

    void pollBegins() {
        delivered = 0;
    }

    /** How many entries the poll has delivered. */
    int delivered() {
        return delivered;
    }

    /** The route failed with these entries, which it does not get again. */
    void passedOver(List<AuditLogEntry> entries) {
        receipts.passedOver(entries);
    }

    @Override
    public boolean deliver(List<AuditLogEntry> entries, Delivery.Receipts confirmations) {
        ReadHealth health = consumer.health();
        health.delivering();
        receipts = confirmations;
        int most = consumer.getMaxMessagesPerPoll();
        int room = most > 0 ? most - delivered : Integer.MAX_VALUE;
        List<AuditLogEntry> batch = entries.subList(0, Math.min(room, entries.size()));
        int taken = batching ? atOnce(batch) : oneByOne(new ArrayDeque<>(batch));
        delivered += taken;
        health.deliveryEnds(taken < batch.size() && consumer.mayGoOn());
        return taken == entries.size() && taken < room && consumer.mayGoOn();
    }

    private int atOnce(List<AuditLogEntry> entries) {
        if (!consumer.mayGoOn()) {
            return 0;
        }
        int taken = exchanges.deliver(entries, receipts::isLate);
        receipts.confirmAll(entries.subList(0, taken));
        if (taken > 0) {
            consumer.health().delivered();
        }
        return taken;
    }

    /** Stops at the first entry that has to come again. */
    int oneByOne(Queue<Object> entries) {
        int total = entries.size();
        int index = 0;
        while (index < total && consumer.mayGoOn()) {
            consumer.pending(total - index - 1);
            AuditLogEntry entry = (AuditLogEntry) entries.remove();
            if (!exchanges.deliver(entry, receipts.isLate(entry), index, total)) {
                break;
            }
            receipts.confirm(entry);
            consumer.health().delivered();
            index++;
        }
        consumer.pending(0);
        return index;
    }
}
