package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.auditlog.reader.AuditLogReader;
import io.github.camelgitpod.auditlog.reader.AuditLogReaderSettings;
import io.github.camelgitpod.auditlog.reader.CatchUp;
import io.github.camelgitpod.auditlog.reader.Delivery;
import io.github.camelgitpod.auditlog.reader.DryRun;
import io.github.camelgitpod.consumer.ConsumerName;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a consumer does in each poll: it delivers what is new, or makes its dry run. Says in the log when a backlog was read, and when nothing
 * is left to do.
 */
final class AuditLogPoll {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLogPoll.class);

    private final AuditLogConsumer consumer;
    private final AuditLogConfiguration options;
    private final AuditLogReaderSettings settings;
    private final InstantSource clock;
    private final CatchUp catchUp;
    private final PageDelivery pages;
    private final AwaitedDetails details;
    private final ResolvedNames names;
    /**
     * Whether nothing is left to do: everything before {@code to} was delivered, or a dry run was made. The scheduler goes on, and its
     * polls do nothing: a reset can make them useful again, and not every scheduler can be started twice.
     */
    private boolean over;

    AuditLogPoll(
            AuditLogConsumer consumer,
            AuditLogConfiguration options,
            AuditLogReaderSettings settings,
            InstantSource clock,
            LongSupplier nanoTime,
            PageDelivery pages,
            AwaitedDetails details,
            ResolvedNames names) {
        this.consumer = consumer;
        this.options = options;
        this.settings = settings;
        this.clock = clock;
        this.catchUp = new CatchUp(nanoTime);
        this.pages = pages;
        this.details = details;
        this.names = names;
    }

    /** The consumer was started. */
    void begin() {
        over = false;
        catchUp.beginAnew();
    }

    /** The consumer was resumed. */
    void resume() {
        catchUp.beginAnew();
    }

    /** Whether nothing is left to do. */
    boolean isOver() {
        return over;
    }

    /** @return how many entries were delivered */
    int run(AuditLogSession session) throws IOException {
        pages.pollBegins();
        return options.isDryRun() ? dryRun(session) : deliverWhatIsNew(session);
    }

    private int dryRun(AuditLogSession session) throws IOException {
        if (over) {
            return 0;
        }
        new DryRun(
                        session.client(),
                        settings,
                        session.cursorStore(),
                        clock,
                        finding -> LOG.info("Dry run of {}: {}", ConsumerName.of(consumer), finding))
                .run();
        over = true;
        return 0;
    }

    private int deliverWhatIsNew(AuditLogSession session) throws IOException {
        AuditLogReader reader = session.reader();
        if (reader.pendingReset() != null) {
            begin();
        }
        catchUp.pollBegins();
        names.refresh(session.client());
        int delivered = reader.poll(this::deliver);
        details.throwFailure();
        if (reader.isStandby()) {
            catchUp.beginAnew();
        } else {
            catchUp.pollEnds(reader.isComplete())
                    .ifPresent(text -> LOG.info("{} has caught up: {}", ConsumerName.of(consumer), text));
        }
        Duration untilEnd = reader.untilEnd();
        if (untilEnd != null && !reader.isStandby()) {
            consumer.pollIn(untilEnd);
        }
        if (reader.isFinished() && !over) {
            LOG.info(
                    "{} has delivered everything before to={} and asks no more",
                    ConsumerName.of(consumer),
                    options.getTo());
        }
        over = reader.isFinished();
        return delivered;
    }

    private boolean deliver(List<AuditLogEntry> entries, Delivery.Receipts receipts) {
        // Not only at the end of the poll, since a first export can take hours.
        consumer.connected();
        int before = pages.delivered();
        boolean all = pages.deliver(entries, receipts);
        catchUp.delivered(pages.delivered() - before);
        return all;
    }
}
