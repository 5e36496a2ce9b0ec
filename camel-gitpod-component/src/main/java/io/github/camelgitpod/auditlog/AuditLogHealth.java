package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.auditlog.reader.ReadHealth;
import io.github.camelgitpod.client.RequestMeter;
import io.github.camelgitpod.consumer.ShownHealth;
import io.github.camelgitpod.health.HealthReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultScheduledPollConsumerScheduler;
import org.apache.camel.support.ScheduledBatchPollingConsumer;

/** How an {@link AuditLogConsumer} is: when that begins and ends to be of interest, and who is asked. */
abstract class AuditLogHealth extends ScheduledBatchPollingConsumer implements ShownHealth {
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final RequestMeter requestMeter;
    private volatile ReadHealth health;

    AuditLogHealth(Endpoint endpoint, Processor processor, InstantSource clock, LongSupplier nanoTime) {
        super(endpoint, processor);
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.requestMeter = new RequestMeter(nanoTime);
    }

    /** To be called at the start: only then are the options of the scheduler known. */
    final void beginHealth() {
        // Camel makes its own one later.
        boolean pollsByItself =
                (getScheduler() == null || getScheduler() instanceof DefaultScheduledPollConsumerScheduler)
                        && getBackoffMultiplier() == 0
                        && getRepeatCount() == 0;
        Duration delay = Duration.of(getDelay(), getTimeUnit().toChronoUnit());
        ReadHealth begun = new ReadHealth(clock, nanoTime, requestMeter, pollsByItself ? delay : null);
        begun.started(Duration.of(getInitialDelay(), getTimeUnit().toChronoUnit()));
        health = begun;
    }

    final void endHealth() {
        if (health != null) {
            health.stopped();
        }
    }

    /** Decides how the consumer is; null before the start. */
    final ReadHealth health() {
        return health;
    }

    @Override
    public final HealthReport report() {
        ReadHealth begun = health;
        return begun == null ? HealthReport.NOT_RUNNING : begun.report();
    }

    final RequestMeter requestMeter() {
        return requestMeter;
    }

    /** What happens at this moment, by this machine's clock. */
    final Instant now() {
        return clock.instant();
    }

    /** Empty: no read was completed yet. */
    final Optional<Duration> lastSuccessAge() {
        return Optional.ofNullable(report().lastSuccessAt()).map(last -> Duration.between(last, clock.instant()));
    }
}
