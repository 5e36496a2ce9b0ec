package io.github.camelgitpod.consumer;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.support.DefaultConsumer;

/** The check of a {@link ClusteredRoute}: that of the component's consumer where it runs, else how the route waits for it. */
final class ClusteredHealthCheck extends ReadinessCheck {
    private final Route route;
    private final ClusteredRoute clustered;

    /**
     * @param leader   the route's consumer
     * @param endpoint of the component
     */
    ClusteredHealthCheck(ClusteredRoute clustered, Route route, DefaultConsumer leader, Endpoint endpoint) {
        super(Visibility.checkId(route), leader, isWanted(endpoint));
        this.route = route;
        this.clustered = clustered;
    }

    @Override
    protected void fill(HealthCheckResultBuilder result, Map<String, Object> options) {
        RunningConsumers.of(route.getCamelContext())
                .behind(route)
                .map(DefaultConsumer::getHealthCheck)
                .ifPresentOrElse(
                        check -> copy(check.call(options), result),
                        () -> HealthDetails.fill(result, clustered.report(), HealthCheck.State.DOWN));
    }

    private static void copy(Result of, HealthCheckResultBuilder result) {
        result.state(of.getState()).details(of.getDetails());
        of.getMessage().ifPresent(result::message);
        of.getError().ifPresent(result::error);
    }
}
