package io.github.camelgitpod.consumer;

import io.github.camelgitpod.client.FailureText;
import io.github.camelgitpod.health.HealthReport;
import io.github.camelgitpod.health.HealthState;
import io.github.camelgitpod.meter.Meters;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.Service;
import org.apache.camel.support.DefaultConsumer;

/**
 * A route that brings its exchanges here only while this machine leads. While it does not, this says so in place of the consumer that is
 * not there: in the health check of the route, and in the meter of its health.
 */
public final class ClusteredRoute implements ShownHealth {
    private final Route route;
    private final DefaultConsumer leader;
    private final Endpoint endpoint;
    private Meters meters = Meters.NONE;
    private boolean shown;
    private volatile HealthReport report;

    /**
     * @param leader   the route's consumer, which makes the component's
     * @param endpoint which makes it for that one
     */
    ClusteredRoute(Route route, DefaultConsumer leader, Endpoint endpoint) {
        this.route = route;
        this.leader = leader;
        this.endpoint = endpoint;
    }

    /** How the route is while its consumer does not run here. */
    @Override
    public HealthReport report() {
        return report;
    }

    boolean isOf(Service service) {
        return service == leader;
    }

    /** Makes a consumer and forgets it, since that reads the options. */
    void check() {
        try {
            endpoint.createConsumer(leader.getProcessor());
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    synchronized void begin() {
        leader.setHealthCheck(new ClusteredHealthCheck(this, route, leader, endpoint));
        await();
    }

    synchronized void end() {
        hide();
    }

    /** The component's consumer runs here from now on. */
    synchronized void takesOver() {
        hide();
    }

    /** It does so no more. */
    synchronized void handsOver() {
        if (!leader.isStoppingOrStopped()) {
            await();
        }
    }

    /** It could not be made or started. */
    synchronized void failed(Exception failure) {
        show(
                HealthState.FAILED,
                "This machine leads, and the consumer could not be started here: the log says why, and whether it is tried again",
                FailureText.of(failure));
    }

    private void await() {
        show(HealthState.STANDBY, "This machine does not lead: the consumer is started here when it does", null);
    }

    private void show(HealthState state, String message, String error) {
        boolean goesOn = shown && report.state() == state;
        report = new HealthReport(state, message, goesOn ? report.since() : Instant.now(), null, null, error);
        if (!shown) {
            shown = true;
            meters = Meters.register(
                    route.getCamelContext(), route.getRouteId(), List.of(HealthFigure.of(this::report)));
        }
    }

    private void hide() {
        meters.remove();
        meters = Meters.NONE;
        shown = false;
    }
}
