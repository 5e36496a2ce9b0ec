package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.GitpodApiException;
import io.github.camelgitpod.auditlog.reader.AuditLogReader;
import io.github.camelgitpod.auditlog.reader.AuditLogReaderSettings;
import io.github.camelgitpod.auditlog.reader.ReadHealth;
import io.github.camelgitpod.auditlog.reader.StartPosition;
import io.github.camelgitpod.client.ClientClosedException;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.RequestMeter;
import io.github.camelgitpod.client.TokenOrganization;
import io.github.camelgitpod.consumer.ConsumerName;
import io.github.camelgitpod.consumer.ConsumerState;
import io.github.camelgitpod.consumer.StateKey;
import io.github.camelgitpod.consumer.Visibility;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.state.CursorStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers each audit-log entry at least once, oldest first. An entry counts as delivered when its exchange is completed.
 * Which entries are new is found out by {@link AuditLogReader}.
 */
@ManagedResource(description = "Managed gitpod:auditLogs consumer")
public class AuditLogConsumer extends AuditLogMonitoring {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLogConsumer.class);

    private final AuditLogConfiguration options;
    private final AuditLogReaderSettings settings;
    private final Function<RequestMeter, GitpodClient> clients;
    private final ConsumerState state;
    private final InstantSource clock;
    private final ResolvedNames names;
    private final PageDelivery pages;
    private final AuditLogPoll poll;
    private final Doubts doubts;
    private final OutageLog outages;
    private final Visibility visibility = new Visibility(this, this::report, this::figures);
    private final TokenOrganization organizations = new TokenOrganization();
    private final PollsOutOfTurn outOfTurn = new PollsOutOfTurn(this, this::poll);
    private StateKey key;
    private ExecutorService requests;
    private volatile AuditLogSession session;
    /** The session that a suspension ended; a poll replaces it. */
    private volatile AuditLogSession ended;

    /**
     * @param clients  makes clients, which this consumer closes, and whose requests are counted there
     * @param clock    this machine's
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime()}; for what health says
     * @throws IllegalArgumentException naming the option that is wrong, its value and what is allowed
     */
    public AuditLogConsumer(
            Endpoint endpoint,
            Processor processor,
            AuditLogConfiguration options,
            Function<RequestMeter, GitpodClient> clients,
            ConsumerState state,
            InstantSource clock,
            LongSupplier nanoTime) {
        super(endpoint, processor, clock, nanoTime);
        this.options = options;
        this.clients = clients;
        this.state = state;
        this.clock = clock;
        AuditLogOptions read = new AuditLogOptions(options);
        this.settings = read.toSettings(state.address(), state.isShared(), state.directory());
        this.names = new ResolvedNames(read.resolvesNames(), organizations);
        AwaitedDetails details = new AwaitedDetails(read.details(), () -> session.client());
        AuditLogDelivery exchanges = new AuditLogDelivery(
                this,
                options.isBreakOnFirstError(),
                SharedDeliveries.of(options.getIdempotentRepository()),
                details,
                names,
                organizations::known,
                this::passedOver);
        this.pages = new PageDelivery(this, exchanges, options.isBatching());
        this.poll = new AuditLogPoll(this, options, settings, clock, nanoTime, pages, details, names);
        this.doubts = new Doubts(this, options, settings.to());
        setMaxMessagesPerPoll(options.getMaxMessagesPerPoll());
        this.outages = new OutageLog(endpoint.getCamelContext(), () -> ConsumerName.of(this), clock);
        setExceptionHandler(outages);
    }

    @Override
    protected void doInit() throws Exception {
        visibility.prepare();
        super.doInit();
    }

    @Override
    protected void doStart() throws Exception {
        if (state.isInMemory()) {
            doubts.ofMemory();
        }
        warnOfOddRange(settings.start());
        HandOvers.warn(this);
        // A dry run does not lock the files: another process may be using them.
        key = state.key(this, settings.filter().sourceText());
        if (!(options.isDryRun() && state.isInOwnFiles())) {
            state.start(key, this);
            ServiceHelper.startService(options.getIdempotentRepository());
        }
        if (!options.isDryRun()) {
            state.takeOver(key, this, CursorStore.earlier(settings.filter(), state.address()));
        }
        poll.begin();
        outOfTurn.begin();
        requests = RequestThreads.create(this, "gitpod-requests", settings.concurrentRequests());
        names.start(this);
        open();
        doubts.ofCursor(session.reader().status().watermark());
        beginHealth();
        super.doStart();
        visibility.begin();
    }

    @Override
    void warnOfOddRange(StartPosition start) {
        doubts.ofRange(start, clock.instant());
    }

    /** With a new client, since a stop closes the old one. */
    private void open() {
        CursorStore cursorStore = new CursorStore(state.repository(), key.text(), clock);
        GitpodClient client = clients.apply(requestMeter());
        session = AuditLogSession.open(session, client, clock, settings, cursorStore, organizations, requests);
        session.reader().onLate(this::late);
    }

    @Override
    void pollOutOfTurn() {
        outOfTurn.ask();
    }

    /** One at a time: one out of turn may come on a thread of its own. */
    @Override
    protected int poll() throws Exception {
        return outOfTurn.alone(this::pollAlone);
    }

    private int pollAlone() throws Exception {
        shutdownRunningTask = null;
        pendingExchanges = 0;
        ReadHealth health = health();
        health.pollBegins();
        try {
            if (session == ended) {
                open();
            }
            int delivered = poll.run(session);
            outages.over();
            if (isStandby()) {
                health.standsBy();
            } else {
                health.pollEnds(
                        options.isDryRun() || session.reader().isComplete(),
                        options.isDryRun() || session.reader().isFinished());
            }
            return delivered;
        } catch (ClientClosedException e) {
            LOG.debug("The poll of {} was ended by a stop", ConsumerName.of(this));
            return pages.delivered();
        } catch (IOException e) {
            health.pollFailed(e);
            throw GitpodApiException.of(e);
        } catch (RuntimeException e) {
            health.pollFailed(e);
            throw e;
        } catch (Error e) {
            health.pollFailed(e);
            // Camel would not poll again after an error.
            throw new RuntimeCamelException("The poll of " + ConsumerName.of(this) + " failed: " + e, e);
        }
    }

    /** What is over is not idle, nor is what another consumer delivers. */
    @Override
    protected void processEmptyMessage() throws Exception {
        if (!poll.isOver() && !isStandby()) {
            super.processEmptyMessage();
        }
    }

    private boolean isStandby() {
        return session.reader().isStandby();
    }

    /** The server has answered. */
    void connected() {
        forceConsumerAsReady();
    }

    /** One more poll then, besides those of the scheduler. */
    void pollIn(Duration wait) {
        outOfTurn.askIn(wait);
    }

    private void passedOver(List<AuditLogEntry> entries) {
        pages.passedOver(entries);
    }

    @Override
    public int processBatch(Queue<Object> entries) {
        return pages.oneByOne(entries);
    }

    /** @param exchanges that follow in the batch, for Camel */
    void pending(int exchanges) {
        pendingExchanges = exchanges;
    }

    /** For Camel a suspended consumer may go on with its batch; this one ends it, unless all tasks shall be completed. */
    boolean mayGoOn() {
        return isBatchAllowed()
                && (shutdownRunningTask == ShutdownRunningTask.CompleteAllTasks || !isSuspendingOrSuspended());
    }

    @Override
    protected void doSuspend() throws Exception {
        closeClient();
        endHealth();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        // Only the next poll opens a new one: the poll that the suspension interrupted may still have to save.
        ended = session;
        poll.resume();
        health().started(Duration.ZERO);
        super.doResume();
    }

    @Override
    protected void doStop() throws Exception {
        closeClient();
        endHealth();
        visibility.end();
        super.doStop();
        outOfTurn.end();
        // Requests that still wait for a thread fail at once, since the client is closed.
        getEndpoint().getCamelContext().getExecutorServiceManager().shutdown(requests);
        names.stop(this);
        state.stop(this);
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

    private void closeClient() throws IOException {
        if (session != null) {
            session.client().close();
        }
    }

    @Override
    AuditLogSession session() {
        return session;
    }
}
