package io.github.camelgitpod.event;

import io.github.camelgitpod.event.group.ConsumerStreams;
import io.github.camelgitpod.event.stream.StreamStatus;
import io.github.camelgitpod.health.HealthReport;
import io.github.camelgitpod.health.HealthState;
import io.github.camelgitpod.model.GapReasons;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Decides how a consumer of events is, from how its streams are. Time that passes is taken from a monotonic clock. For any thread; that
 * somebody asks now and then is what it knows of short interruptions.
 */
final class EventHealth {
    /** Streams that end and are open again in this time are no news. */
    static final Duration BRIEF = Duration.ofSeconds(10);
    /** An exchange that takes longer blocks the route. */
    static final Duration BLOCKED_AFTER = Duration.ofMinutes(5);

    private final Supplier<ConsumerStreams> streams;
    private final EventDelivery delivery;
    private final LongSupplier nanoTime;
    private final Map<String, Interruption> interruptions = new HashMap<>();
    /** How often each stream had connected when the consumer was started. */
    private Map<String, Long> connectsBefore = Map.of();

    /** @param seen when it was first seen, by the monotonic clock */
    private record Interruption(Instant since, long seen) {}

    private record Scope(String name, StreamStatus status, HealthState state) {}

    /** @param streams null: there are none yet */
    EventHealth(Supplier<ConsumerStreams> streams, EventDelivery delivery, LongSupplier nanoTime) {
        this.streams = streams;
        this.delivery = delivery;
        this.nanoTime = nanoTime;
    }

    /** The consumer is started, or resumed. */
    synchronized void begins() {
        interruptions.clear();
        connectsBefore = new HashMap<>();
        streams.get().statuses().forEach((scope, status) -> connectsBefore.put(scope, status.connects()));
    }

    /** How the consumer is now: as bad as the worst of the streams by which it is judged. */
    synchronized HealthReport report() {
        if (streams.get() == null) {
            return HealthReport.NOT_RUNNING;
        }
        Map<String, StreamStatus> all = streams.get().decisiveStatuses();
        interruptions.keySet().retainAll(all.keySet());
        Scope worst = all.entrySet().stream()
                .map(entry -> new Scope(entry.getKey(), entry.getValue(), stateOf(entry.getKey(), entry.getValue())))
                .max(Comparator.comparing(Scope::state))
                .orElseThrow();
        String name = all.size() == 1 ? "The event stream" : "The event stream of " + worst.name();
        StreamStatus status = worst.status();
        Duration inRoute = delivery.inRouteFor();
        boolean blocked = inRoute.compareTo(BLOCKED_AFTER) > 0;
        HealthState state =
                blocked && HealthState.STALE.compareTo(worst.state()) > 0 ? HealthState.STALE : worst.state();
        return new HealthReport(
                state,
                blocked
                        ? "The route has had an exchange for " + Duration.ofSeconds(inRoute.toSeconds())
                                + " and takes no event before its end: look what it waits for"
                        : message(name, status, state),
                status.since(),
                StreamStatus.of(all.values()).lastByteAt(),
                status.nextAttemptAt(),
                status.state() == StreamStatus.State.RECONNECTING || status.state() == StreamStatus.State.FAILED
                        ? status.lastError()
                        : streams.get().recoveryFailure());
    }

    private HealthState stateOf(String scope, StreamStatus status) {
        if (status.state() != StreamStatus.State.RECONNECTING) {
            interruptions.remove(scope);
        }
        return switch (status.state()) {
            case OPEN -> HealthState.CURRENT;
            case CONNECTING -> HealthState.STARTING;
            case FAILED -> HealthState.FAILED;
            case RECONNECTING -> interrupted(scope, status);
        };
    }

    private HealthState interrupted(String scope, StreamStatus status) {
        if (GapReasons.STALL.equals(status.lastReason())) {
            return HealthState.STALE;
        }
        if (status.failure() != null && status.failure() != HealthState.UNREACHABLE) {
            return status.failure();
        }
        long now = nanoTime.getAsLong();
        Interruption interruption = interruptions.compute(
                scope,
                (any, known) -> known != null && known.since().equals(status.since())
                        ? known
                        : new Interruption(status.since(), now));
        boolean wasOpen = status.connects() > connectsBefore.getOrDefault(scope, 0L);
        boolean brief = now - interruption.seen() <= BRIEF.toNanos();
        return wasOpen && brief ? HealthState.CURRENT : HealthState.UNREACHABLE;
    }

    /** Null: there is nothing to say. */
    private static String message(String name, StreamStatus status, HealthState state) {
        String error = status.lastError() == null ? "" : ": " + status.lastError();
        String why = " (" + status.lastReason() + ")" + error;
        return switch (status.state()) {
            case OPEN -> null;
            case CONNECTING -> name + " has not been opened yet";
            case FAILED -> name + " ended for good" + why + ". Start the route again when the cause is fixed";
            case RECONNECTING ->
                name + " is interrupted" + why
                        + switch (state) {
                            case THROTTLED ->
                                ". The server wants fewer requests; if that lasts, use the token for fewer consumers";
                            case STALE ->
                                ". The route has taken no event for maxStall, while many are waiting: look what it"
                                        + " waits for";
                            default -> "";
                        };
        };
    }
}
