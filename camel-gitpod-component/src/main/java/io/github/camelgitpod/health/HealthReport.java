package io.github.camelgitpod.health;

import java.time.Instant;

/**
 * How a consumer is at one moment.
 *
 * @param state         in one word
 * @param message       for people: what it is, and what to do; null: nothing to say
 * @param since         since when it is so; null: it is not known
 * @param lastSuccessAt when a read was completed last, or something was received; null: never since the start
 * @param nextAttemptAt when the server is asked again; null: as usual, or it is not known
 * @param lastError     what went wrong last, while it is not over; null: nothing
 */
public record HealthReport(
        HealthState state,
        String message,
        Instant since,
        Instant lastSuccessAt,
        Instant nextAttemptAt,
        String lastError) {

    /** Of a consumer that is not started, or is suspended. */
    public static final HealthReport NOT_RUNNING =
            new HealthReport(HealthState.STARTING, "It is not running", null, null, null, null);
}
