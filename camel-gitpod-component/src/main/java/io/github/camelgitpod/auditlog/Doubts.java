package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.auditlog.reader.StartPosition;
import io.github.camelgitpod.consumer.ConsumerName;
import java.time.Instant;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of options that are allowed, and may not be meant. */
final class Doubts {
    private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);

    private final DefaultConsumer consumer;
    private final AuditLogConfiguration options;
    /** Null: there is no end. */
    private final Instant to;

    /** @param to what the option says; null: nothing */
    Doubts(DefaultConsumer consumer, AuditLogConfiguration options, Instant to) {
        this.consumer = consumer;
        this.options = options;
        this.to = to;
    }

    /** A run that ends often needs no state: it is told what an interruption means, and not warned. */
    void ofMemory() {
        String from = options.getFrom() == null ? "now" : options.getFrom();
        if (to != null) {
            LOG.info(
                    "{} reads up to to={}, with its cursor in memory only: interrupted before, it begins at from={} again",
                    ConsumerName.of(consumer),
                    options.getTo(),
                    from);
        } else {
            LOG.warn(
                    "The cursor of {} is kept in memory only: after a restart this consumer begins at from={};"
                            + " to keep it, set stateDirectory or stateRepository",
                    ConsumerName.of(consumer),
                    from);
        }
    }

    /** @param now by this machine's clock */
    void ofRange(StartPosition start, Instant now) {
        String doubt = AuditLogOptions.doubt(start, to, now);
        if (doubt != null) {
            LOG.warn("{} {}", ConsumerName.of(consumer), doubt);
        }
    }

    /** A stored cursor wins over the option from, so that a range before it would look like one that was read. */
    void ofCursor(Instant cursor) {
        if (to != null && cursor != null && cursor.isAfter(to)) {
            LOG.warn(
                    "{} has a stored cursor at {}, which is past to={}: nothing is delivered. To read a range from before it, set"
                            + " another stateKey",
                    ConsumerName.of(consumer),
                    cursor,
                    options.getTo());
        }
    }
}
