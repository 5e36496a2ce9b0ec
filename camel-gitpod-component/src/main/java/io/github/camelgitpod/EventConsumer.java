package io.github.camelgitpod;

import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.event.EventStream;
import io.github.camelgitpod.event.StreamSettings;
import io.github.camelgitpod.event.StreamStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.StartupListener;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

/**
 * Delivers each event of the stream once and in order, while it is connected. What happened while it was not is lost, and
 * the next event says so.
 *
 * <p>It connects on a thread of its own, once the context is fully started, so that an unreachable server holds nothing up
 * and no event comes before the routes that it is sent to. Suspending ends the connection; an exchange under way is
 * completed, not interrupted.
 */
@ManagedResource(description = "Managed gitpod:events consumer")
public class EventConsumer extends DefaultConsumer implements StartupListener, Suspendable, ShutdownAware {
    private final EventDelivery delivery;
    private final EventStream stream;
    private ExecutorService reader;
    private boolean wanted;
    private boolean begun;

    EventConsumer(GitpodEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        EventOptions options = new EventOptions(endpoint.getEventConfiguration());
        StreamSettings settings = options.toSettings(Math::random);
        String environmentId = settings.query().environmentId();
        this.delivery = new EventDelivery(this, options.operations(), environmentId);
        String scope = environmentId == null ? "the organization" : "environment " + environmentId;
        this.stream = new EventStream(
                settings,
                new EventReporter(this, delivery, "The event stream of " + scope + " at " + endpoint.getBaseUrl()),
                endpoint::createClient,
                InstantSource.system(),
                System::nanoTime,
                Pause::await);
    }

    /** How the stream is now. */
    StreamStatus status() {
        return stream.status();
    }

    @Override
    public GitpodEndpoint getEndpoint() {
        return (GitpodEndpoint) super.getEndpoint();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        // A missing token and the like must fail the start, not the first connection.
        getEndpoint().createClient().close();
        if (getHealthCheck() == null) {
            EventHealthCheck check = new EventHealthCheck(this, "consumer:" + getRouteId());
            check.setEnabled(getEndpoint().getComponent().isHealthCheckConsumerEnabled());
            setHealthCheck(check);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        CamelContext context = getEndpoint().getCamelContext();
        want(context.getExecutorServiceManager().newSingleThreadExecutor(this, "gitpod-events"));
        if (context.isStarted()) {
            begin();
        } else {
            // Camel does so for the consumer of a route, but not for one that another consumer, such as master:,
            // starts.
            context.addStartupListener(this);
        }
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        if (alreadyStarted) {
            begin();
        }
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
        begin();
    }

    @Override
    protected void doSuspend() throws Exception {
        end("suspended");
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        want(reader);
        begin();
    }

    @Override
    protected void doStop() throws Exception {
        end("restart");
        if (reader != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(reader);
            reader = null;
        }
        super.doStop();
    }

    private synchronized void want(ExecutorService executor) {
        reader = executor;
        wanted = true;
    }

    /** Can be called twice: Camel and {@link #doStart()} may both have registered this as a listener. */
    private synchronized void begin() {
        if (wanted && !begun) {
            stream.open();
            begun = true;
            reader.execute(stream);
        }
    }

    private synchronized void end(String reason) {
        wanted = false;
        begun = false;
        stream.stop(reason);
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    @Override
    public int getPendingExchangesSize() {
        return delivery.inFlight();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Nothing to prepare: suspending ends the intake.
    }

    @ManagedAttribute(description = "State of the stream: CONNECTING, OPEN, RECONNECTING or FAILED")
    public String getStreamState() {
        return status().state().name();
    }

    @ManagedAttribute(description = "Since when the stream has been in this state")
    public String getStreamStateSince() {
        return text(status().since());
    }

    @ManagedAttribute(description = "Why the last connection ended or failed")
    public String getLastReason() {
        return status().lastReason();
    }

    @ManagedAttribute(description = "What the server or the network said to that")
    public String getLastError() {
        return status().lastError();
    }

    @ManagedAttribute(description = "When connecting is tried again, while the stream is interrupted")
    public String getNextAttemptAt() {
        return text(status().nextAttemptAt());
    }

    @ManagedAttribute(description = "When the last byte was received")
    public String getLastByteAt() {
        return text(status().lastByteAt());
    }

    @ManagedAttribute(description = "Connections opened")
    public long getConnects() {
        return status().connects();
    }

    @ManagedAttribute(description = "Events received")
    public long getEvents() {
        return status().events();
    }

    @ManagedAttribute(description = "Times in which events may have been missed")
    public long getGaps() {
        return status().gaps();
    }

    @ManagedAttribute(description = "Lines that were no event")
    public long getSkippedLines() {
        return status().skippedLines();
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
