package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.GitpodApiException;
import io.github.camelgitpod.auditlog.reader.AuditLogReader;
import io.github.camelgitpod.auditlog.reader.AuditLogReaderSettings;
import io.github.camelgitpod.auditlog.reader.CatchUp;
import io.github.camelgitpod.auditlog.reader.Delivery;
import io.github.camelgitpod.auditlog.reader.DryRun;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
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
    private final AwaitedDetails details;
    private final AuditLogDelivery delivery;
    private final OutageLog outages;
    private final Visibility visibility = new Visibility(this, this::report, this::figures);
    private final TokenOrganization organizations = new TokenOrganization();
    private final PollsOutOfTurn outOfTurn = new PollsOutOfTurn(this, this::poll);
    private final CatchUp catchUp;
    private StateKey key;
    private ExecutorService requests;
    private volatile AuditLogSession session;
    /** The session that a suspension ended; a poll replaces it. */
    private volatile AuditLogSession ended;

    private Delivery.Receipts receipts;
    private int deliveredInPoll;
    /**
     * Whether nothing is left to do: everything before {@code to} was delivered, or a dry run was made. The scheduler goes on, and its
     * polls do nothing: a reset can make them useful again, and not every scheduler can be started twice.
     */
    private boolean over;

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
        this.catchUp = new CatchUp(nanoTime);
        AuditLogOptions read = new AuditLogOptions(options);
        this.settings = read.toSettings(state.address(), state.isShared(), state.directory());
        this.names = new ResolvedNames(read.resolvesNames(), organizations);
        this.details = new AwaitedDetails(read.details(), () -> session.client());
        this.delivery = new AuditLogDelivery(
                this,
                options.isBreakOnFirstError(),
                SharedDeliveries.of(options.getIdempotentRepository()),
                details,
                names,
                organizations::known,
                entries -> receipts.passedOver(entries));
        setMaxMessagesPerPoll(options.getMaxMessagesPerPoll());
        this.outages = new OutageLog(endpoint.getCamelContext(), () -> ConsumerName.of(this), clock);
        setExceptionHandler(outages);
    }

    @Override
    protected void doStart() throws Exception {
        if (state.isInMemory()) {
            tellOfMemory();
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
        over = false;
        catchUp.beginAnew();
        outOfTurn.begin();
        requests = RequestThreads.create(this, "gitpod-requests", settings.concurrentRequests());
        names.start(this);
        open();
        warnOfCursorPastTheEnd();
        beginHealth();
        super.doStart();
        visibility.begin();
    }

    /** A run that ends often needs no state: it is told what an interruption means, and not warned. */
    private void tellOfMemory() {
        String from = options.getFrom() == null ? "now" : options.getFrom();
        if (settings.to() != null) {
            LOG.info(
                    "{} reads up to to={}, with its cursor in memory only: interrupted before, it begins at from={} again",
                    ConsumerName.of(this),
                    options.getTo(),
                    from);
        } else {
            LOG.warn(
                    "The cursor of {} is kept in memory only: after a restart this consumer begins at from={};"
                            + " to keep it, set stateDirectory or stateRepository",
                    ConsumerName.of(this),
                    from);
        }
    }

    @Override
    void warnOfOddRange(StartPosition start) {
        String doubt = AuditLogOptions.doubt(start, settings.to(), clock.instant());
        if (doubt != null) {
            LOG.warn("{} {}", ConsumerName.of(this), doubt);
        }
    }

    /** A stored cursor wins over the option from, so that a range before it would look like one that was read. */
    private void warnOfCursorPastTheEnd() {
        Instant cursor = session.reader().status().watermark();
        if (settings.to() != null && cursor != null && cursor.isAfter(settings.to())) {
            LOG.warn(
                    "{} has a stored cursor at {}, which is past to={}: nothing is delivered. To read a range from before it, set"
                            + " another stateKey",
                    ConsumerName.of(this),
                    cursor,
                    options.getTo());
        }
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
        deliveredInPoll = 0;
        ReadHealth health = health();
        health.pollBegins();
        try {
            if (session == ended) {
                open();
            }
            int delivered = options.isDryRun() ? dryRun() : deliverWhatIsNew();
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
            return deliveredInPoll;
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

    private int dryRun() throws IOException {
        if (over) {
            return 0;
        }
        new DryRun(
                        session.client(),
                        settings,
                        session.cursorStore(),
                        clock,
                        finding -> LOG.info("Dry run of {}: {}", ConsumerName.of(this), finding))
                .run();
        over = true;
        return 0;
    }

    private int deliverWhatIsNew() throws IOException {
        boolean isReset = session.reader().pendingReset() != null;
        if (isReset) {
            over = false;
            catchUp.beginAnew();
        }
        catchUp.pollBegins();
        names.refresh(session.client());
        int delivered = session.reader().poll(this::deliver);
        details.throwFailure();
        if (isStandby()) {
            catchUp.beginAnew();
        } else {
            catchUp.pollEnds(session.reader().isComplete())
                    .ifPresent(text -> LOG.info("{} has caught up: {}", ConsumerName.of(this), text));
        }
        Duration untilEnd = session.reader().untilEnd();
        if (untilEnd != null && !isStandby()) {
            outOfTurn.askIn(untilEnd);
        }
        boolean finished = session.reader().isFinished();
        if (finished && !over) {
            LOG.info(
                    "{} has delivered everything before to={} and asks no more",
                    ConsumerName.of(this),
                    options.getTo());
        }
        over = finished;
        return delivered;
    }

    /** What is over is not idle, nor is what another consumer delivers. */
    @Override
    protected void processEmptyMessage() throws Exception {
        if (!over && !isStandby()) {
            super.processEmptyMessage();
        }
    }

    private boolean isStandby() {
        return session.reader().isStandby();
    }

    private boolean deliver(List<AuditLogEntry> entries, Delivery.Receipts confirmations) {
        // The connection works. Not only at the end of the poll, since a first export can take hours.
        forceConsumerAsReady();
        health().delivering();
        receipts = confirmations;
        int room = getMaxMessagesPerPoll() > 0 ? getMaxMessagesPerPoll() - deliveredInPoll : Integer.MAX_VALUE;
        List<AuditLogEntry> batch = entries.subList(0, Math.min(room, entries.size()));
        int delivered = options.isBatching() ? deliverAtOnce(batch) : processBatch(new ArrayDeque<>(batch));
        deliveredInPoll += delivered;
        catchUp.delivered(delivered);
        health().deliveryEnds(delivered < batch.size() && mayGoOn());
        return delivered == entries.size() && delivered < room && mayGoOn();
    }

    private int deliverAtOnce(List<AuditLogEntry> entries) {
        if (!mayGoOn()) {
            return 0;
        }
        int delivered = delivery.deliver(entries, receipts::isLate);
        receipts.confirmAll(entries.subList(0, delivered));
        if (delivered > 0) {
            health().delivered();
        }
        return delivered;
    }

    /** Delivers the entries of one page; stops at the first one that has to come again. */
    @Override
    public int processBatch(Queue<Object> entries) {
        int total = entries.size();
        int index = 0;
        while (index < total && mayGoOn()) {
            pendingExchanges = total - index - 1;
            AuditLogEntry entry = (AuditLogEntry) entries.remove();
            if (!delivery.deliver(entry, receipts.isLate(entry), index, total)) {
                break;
            }
            receipts.confirm(entry);
            health().delivered();
            index++;
        }
        pendingExchanges = 0;
        return index;
    }

    /** For Camel a suspended consumer may go on with its batch; this one ends it, unless all tasks shall be completed. */
    private boolean mayGoOn() {
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
        catchUp.beginAnew();
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
