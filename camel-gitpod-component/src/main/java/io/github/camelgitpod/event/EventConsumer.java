package io.github.camelgitpod.event;

import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.RequestMeter;
import io.github.camelgitpod.consumer.ConsumerName;
import io.github.camelgitpod.consumer.ConsumerState;
import io.github.camelgitpod.consumer.StateKey;
import io.github.camelgitpod.consumer.Visibility;
import io.github.camelgitpod.event.group.ConsumerStreams;
import io.github.camelgitpod.event.group.StreamScopes;
import io.github.camelgitpod.event.stream.StreamClock;
import io.github.camelgitpod.event.stream.StreamSettings;
import io.github.camelgitpod.event.stream.Turn;
import io.github.camelgitpod.model.GapReasons;
import io.github.camelgitpod.model.ShownText;
import io.github.camelgitpod.state.LaterFormats;
import io.github.camelgitpod.state.OvertakenException;
import io.github.camelgitpod.state.OwnedStates;
import io.github.camelgitpod.state.PositionStore;
import io.github.camelgitpod.state.StatesBeside;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.StartupListener;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ShutdownAware;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers each event of the stream once and in order, while it is connected. What happens while it is not connected is a
 * gap, which the next event reports, and which the option {@code reconcile} can recover.
 *
 * <p>It connects on a thread of its own, once the context is fully started. So a server that cannot be reached delays nothing,
 * and no event comes before the routes that it is sent to. Suspending ends the connection; an exchange under way is
 * completed, not interrupted.
 */
@ManagedResource(description = "Managed gitpod:events consumer")
public class EventConsumer extends EventMonitoring implements StartupListener, Suspendable, ShutdownAware {
    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

    private final EventDelivery delivery;
    private final EventHealth health;
    private final Visibility visibility = new Visibility(this, this::report, this::figures);
    private final Function<RequestMeter, GitpodClient> clients;
    private final ConsumerState state;
    private final String baseUrl;
    private final EventOwner owner;
    private final StreamScopes scopes;
    private final StreamSettings settings;
    private final Duration maxStall;
    private final Set<EventRecovery.Way> recoveries;
    private final EventStandby standby;
    /** Streams that are made anew must wait for what those before have in the route. */
    private final Turn delivering = new Turn(StreamClock.system());

    private volatile ConsumerStreams streams;
    private volatile PositionStore positions;
    private volatile EventThreads threads;
    private boolean wanted;
    private boolean begun;
    private StateKey key;
    private volatile GitpodClient client;

    /**
     * @param clients  makes clients, which this closes, and whose requests are counted there
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime()}; for what health says
     * @throws IllegalArgumentException naming the option that is wrong, its value and what is allowed
     */
    public EventConsumer(
            Endpoint endpoint,
            Processor processor,
            EventConfiguration configuration,
            Function<RequestMeter, GitpodClient> clients,
            ConsumerState state,
            LongSupplier nanoTime) {
        super(endpoint, processor, nanoTime);
        this.clients = clients;
        this.state = state;
        this.baseUrl = state.address();
        this.owner = new EventOwner(baseUrl);
        EventOptions options = new EventOptions(configuration);
        this.settings = options.toSettings(Math::random);
        this.scopes = options.toScopes();
        this.maxStall = options.maxStall();
        this.recoveries = options.recoveries();
        this.delivery = new EventDelivery(
                this,
                options.operations(),
                configuration.isGapEvents(),
                configuration.isBatching(),
                nanoTime,
                owner::organization,
                new EventMessage(scopes.everyEnvironment()));
        this.health = new EventHealth(this::consumed, delivery, nanoTime);
        this.standby = new EventStandby(nanoTime, () -> positions.look(), this::begin);
    }

    @Override
    protected void doInit() throws Exception {
        visibility.prepare();
        super.doInit();
        // A missing token and the like must fail the start, not the first connection.
        clients.apply(requestMeter()).close();
        if (streams == null) {
            // Only now is the route id known.
            key = state.key(this, scopes.sourceText());
            makeStreams();
        }
        if (getHealthCheck() == null) {
            setHealthCheck(new EventHealthCheck(this, Visibility.checkId(this)));
        }
    }

    private void makeStreams() {
        OwnedStates states = new OwnedStates(state.repository(), owner::origin);
        PositionStore saved = new PositionStore(states, key.text(), state.isShared() ? this::overtaken : null);
        positions = saved;
        EventRecovery recovery = new EventRecovery(
                recoveries,
                state.isShared() ? new StatesBeside(states, saved::isOurs) : states,
                state.directory(),
                key.text(),
                baseUrl,
                scopes.everyEnvironment());
        streams = new ConsumerStreams(
                scopes,
                settings,
                maxStall,
                delivery,
                this::reporter,
                recovery::of,
                positions,
                delivering,
                StreamClock.system());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        state.start(key, this);
        takeOverEarlierState();
        refuseLaterFormats();
        threads = new EventThreads(this);
        health.begins();
        visibility.begin();
        want();
        CamelContext context = getEndpoint().getCamelContext();
        if (context.isStarted()) {
            begin();
        } else {
            // Camel itself does this for the consumer of a route, but not for one that master: starts.
            context.addStartupListener(this);
        }
    }

    /** They would be taken for states that cannot be read, and written over. */
    private void refuseLaterFormats() {
        LaterFormats.refuse(state.repository(), EventRecovery.keys(key.text(), scopes));
    }

    /** What cannot be read makes a gap longer, and stops nothing. */
    private void takeOverEarlierState() throws IOException {
        try {
            state.takeOver(key, this, EventRecovery.earlier(scopes, baseUrl));
        } catch (RuntimeException e) {
            LOG.warn("{} takes over no state of an earlier version: {}", ConsumerName.of(this), e.toString());
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
        end(GapReasons.SUSPENDED);
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        health.begins();
        want();
        begin();
    }

    @Override
    protected void doStop() throws Exception {
        end(GapReasons.RESTART);
        visibility.end();
        if (threads != null) {
            threads.stop();
            threads = null;
            streams.save();
        }
        state.stop(this);
        super.doStop();
    }

    @Override
    protected void doFail(Exception failure) {
        visibility.failed(failure);
        super.doFail(failure);
    }

    /** Of one that failed too, which Camel does not stop. */
    @Override
    protected void doShutdown() throws Exception {
        visibility.end();
        super.doShutdown();
    }

    private synchronized void want() {
        wanted = true;
        standby.calm();
    }

    /** Can be called twice: Camel and {@link #doStart()} may both have registered this as a listener. */
    private synchronized void begin() {
        if (wanted && !begun) {
            if (standby.isOn()) {
                // The one that went on meanwhile may be of a later version.
                refuseLaterFormats();
                standby.end();
                makeStreams();
                health.begins();
            }
            begun = true;
            client = clients.apply(requestMeter());
            askForOwner();
            streams.open(client, threads.workers());
        }
    }

    /** Told while positions are saved, so the streams are ended elsewhere. */
    private void overtaken(OvertakenException cause) {
        EventThreads current = threads;
        if (current != null) {
            current.workers().watch().later(Duration.ZERO, () -> standBy(cause, current));
        }
    }

    private synchronized void standBy(OvertakenException cause, EventThreads current) {
        if (begun) {
            begun = false;
            standby.begin(cause);
            streams.stop(GapReasons.RESTART);
            standby.look(current.workers().watch());
        }
    }

    private synchronized void end(String reason) {
        wanted = false;
        begun = false;
        if (streams != null) {
            // Camel also stops what was never started, when another part of the application cannot start.
            streams.stop(reason);
        }
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

    @Override
    EventHealth health() {
        return health;
    }

    @Override
    EventStandby standby() {
        return standby;
    }

    @Override
    ConsumerStreams consumed() {
        return streams;
    }

    /** The state of each stream, by environment; the organization's by {@code organization}. */
    public Map<String, String> streamStates() {
        Map<String, String> states = new LinkedHashMap<>();
        if (streams != null) {
            streams.statuses()
                    .forEach((scope, status) -> states.put(scope, status.state().name()));
        }
        return states;
    }

    private void askForOwner() {
        EventThreads current = threads;
        if (current != null) {
            owner.ask(client, current.workers().streams());
        }
    }

    private EventReporter reporter(EventQuery query, Consumer<Runnable> inOrder) {
        String scope = query.environmentId() == null
                ? "the organization"
                : "environment " + ShownText.of(query.environmentId());
        String name = "The event stream of " + scope + " at " + baseUrl + ConsumerName.ofRoute(this);
        boolean oneOfMany = scopes.everyEnvironment() && query.environmentId() != null;
        return new EventReporter(name, oneOfMany, this::getExceptionHandler, inOrder, this::askForOwner);
    }
}
