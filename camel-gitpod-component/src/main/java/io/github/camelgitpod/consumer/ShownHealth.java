package io.github.camelgitpod.consumer;

import io.github.camelgitpod.health.HealthReport;
import java.util.Objects;
import org.apache.camel.api.management.ManagedAttribute;

/** What JMX and the developer console show of the health of either consumer. */
public interface ShownHealth {

    /** How the consumer is now. */
    HealthReport report();

    @ManagedAttribute(
            description =
                    "STARTING, CATCHING_UP, CURRENT, THROTTLED, UNAUTHORIZED, FORBIDDEN, PLAN, UNREACHABLE, STALE,"
                            + " FINISHED, STANDBY or FAILED")
    default String getHealthState() {
        return report().state().name();
    }

    @ManagedAttribute(description = "What that means now, and what to do")
    default String getHealthMessage() {
        return report().message();
    }

    @ManagedAttribute(description = "When a read was completed last, or something was received")
    default String getLastSuccessAt() {
        return Objects.toString(report().lastSuccessAt(), null);
    }

    @ManagedAttribute(description = "After a failure, or while the server wants fewer requests: when it is asked again")
    default String getNextAttemptAt() {
        return Objects.toString(report().nextAttemptAt(), null);
    }

    @ManagedAttribute(description = "What went wrong last, while it is not over")
    default String getLastFailure() {
        return report().lastError();
    }
}
