package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.consumer.ConsumerName;
import io.github.camelgitpod.consumer.ExchangeSender;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.ShownText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends entries through the route, and decides by the outcome whether they have to be sent again. */
final class AuditLogDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLogDelivery.class);

    private final DefaultConsumer consumer;
    private final ExchangeSender sender;
    private final boolean breakOnFirstError;
    private final SharedDeliveries shared;
    private final AwaitedDetails details;
    private final ResolvedNames names;
    private final Supplier<String> organization;
    private final Consumer<List<AuditLogEntry>> passedOver;

    /**
     * @param shared       knows what other machines deliver; null: there are no other machines
     * @param organization whose entries they are; gives null when it is not known
     * @param passedOver   told which entries the route failed with that are not sent again
     */
    AuditLogDelivery(
            DefaultConsumer consumer,
            boolean breakOnFirstError,
            SharedDeliveries shared,
            AwaitedDetails details,
            ResolvedNames names,
            Supplier<String> organization,
            Consumer<List<AuditLogEntry>> passedOver) {
        this.consumer = consumer;
        this.sender = new ExchangeSender(consumer);
        this.breakOnFirstError = breakOnFirstError;
        this.shared = shared;
        this.details = details;
        this.names = names;
        this.organization = organization;
        this.passedOver = passedOver;
    }

    /**
     * Delivers an entry in an exchange of its own.
     *
     * @param index its place in the batch
     * @param size  the size of the batch
     * @return whether it needs no further delivery
     */
    boolean deliver(AuditLogEntry entry, boolean late, int index, int size) {
        return switch (claim(entry)) {
            case DELIVERED -> true;
            case BUSY -> false;
            case MINE ->
                settle(List.of(entry), () -> {
                    AuditLogEntry detailed = details.addTo(entry);
                    return detailed != null
                            && send(
                                    List.of(entry),
                                    () -> "Entry " + ShownText.of(entry.id()),
                                    index,
                                    size,
                                    exchange -> {
                                        AuditLogMessage.fill(exchange.getMessage(), organization.get(), detailed, late);
                                        names.addTo(exchange.getMessage(), detailed);
                                    });
                });
        };
    }

    /**
     * Delivers entries in one exchange. Entries that another machine has delivered are left out. The first one that another
     * machine is delivering now ends the list, and so does one that has to wait for its details.
     *
     * @return how many entries, counted from the first, need no further delivery
     */
    int deliver(List<AuditLogEntry> entries, Predicate<AuditLogEntry> isLate) {
        List<AuditLogEntry> mine = new ArrayList<>(entries.size());
        int end = 0;
        while (end < entries.size()) {
            AuditLogEntry entry = entries.get(end);
            SharedDeliveries.Claim claim = claim(entry);
            if (claim == SharedDeliveries.Claim.BUSY) {
                break;
            }
            if (claim == SharedDeliveries.Claim.MINE) {
                mine.add(entry);
            }
            end++;
        }
        int ready = addDetails(mine);
        if (ready < mine.size()) {
            List<AuditLogEntry> waiting = mine.subList(ready, mine.size());
            end = entries.indexOf(waiting.get(0));
            settle(waiting, () -> false);
            waiting.clear();
        }
        if (mine.isEmpty()) {
            return end;
        }
        Supplier<String> name = () -> "A batch of " + mine.size() + " entries, from entry "
                + ShownText.of(mine.get(0).id()) + " on,";
        boolean late = mine.stream().anyMatch(isLate);
        boolean done = settle(
                mine,
                () -> send(
                        mine,
                        name,
                        0,
                        1,
                        exchange -> AuditLogMessage.fill(exchange.getMessage(), organization.get(), mine, late)));
        return done ? end : 0;
    }

    /** Until one has to wait for them; returns how many have theirs. */
    private int addDetails(List<AuditLogEntry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            AuditLogEntry detailed = details.addTo(entries.get(i));
            if (detailed == null) {
                return i;
            }
            entries.set(i, detailed);
        }
        return entries.size();
    }

    private SharedDeliveries.Claim claim(AuditLogEntry entry) {
        if (shared == null || entry.id() == null) {
            return SharedDeliveries.Claim.MINE;
        }
        SharedDeliveries.Claim claim = shared.claim(entry.id());
        if (claim == SharedDeliveries.Claim.BUSY) {
            LOG.debug("Entry {} is being delivered by another machine", ShownText.of(entry.id()));
        }
        return claim;
    }

    /** Sends the entries that were claimed, and tells the other machines how it ended. */
    private boolean settle(List<AuditLogEntry> claimed, BooleanSupplier sending) {
        boolean done = false;
        try {
            done = sending.getAsBoolean();
        } finally {
            for (AuditLogEntry entry : claimed) {
                settle(entry, done);
            }
        }
        return done;
    }

    private void settle(AuditLogEntry entry, boolean done) {
        if (shared == null || entry.id() == null) {
            return;
        }
        if (done) {
            shared.delivered(entry.id());
        } else {
            shared.failed(entry.id());
        }
    }

    /**
     * Sends one exchange.
     *
     * @param entries what it carries
     * @param name    of that, for messages: few exchanges need one
     * @return whether it needs no further delivery
     */
    private boolean send(
            List<AuditLogEntry> entries, Supplier<String> name, int index, int size, Consumer<Exchange> content) {
        return sender.send(
                exchange -> {
                    exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, index);
                    exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, size);
                    exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, index == size - 1);
                    content.accept(exchange);
                },
                exchange -> !ExchangeSender.isFailed(exchange) || isPassedOver(entries, name.get(), exchange));
    }

    private boolean isPassedOver(List<AuditLogEntry> entries, String name, Exchange exchange) {
        String failure = ExchangeSender.failure(exchange).toString();
        if (breakOnFirstError) {
            LOG.warn(
                    "{} of {} was not delivered and comes again with the next poll: {}",
                    name,
                    ConsumerName.of(consumer),
                    failure);
            return false;
        }
        String message = name + " was not delivered and is passed over";
        if (!sender.report(message, exchange)) {
            LOG.warn("{}: {}", message, failure);
        }
        passedOver.accept(entries);
        return true;
    }
}
