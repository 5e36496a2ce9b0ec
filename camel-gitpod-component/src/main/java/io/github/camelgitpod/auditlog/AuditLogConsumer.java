package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.GitpodApiException;
import io.github.camelgitpod.auditlog.reader.AuditLogReader;
import io.github.camelgitpod.auditlog.reader.AuditLogReaderSettings;
import io.github.camelgitpod.auditlog.reader.AuditLogStatus;
import io.github.camelgitpod.auditlog.reader.Delivery;
import io.github.camelgitpod.auditlog.reader.DryRun;
import io.github.camelgitpod.auditlog.reader.ReadProgress;
import io.github.camelgitpod.auditlog.reader.StartPosition;
import io.github.camelgitpod.client.ClientClosedException;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.consumer.ConsumerState;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.state.CursorStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers each audit-log entry at least once, oldest first. An entry counts as delivered when its exchange is completed;
 * {@link AuditLogReader} does the rest.
 */
@ManagedResource(description = "Managed gitpod:auditLogs consumer")
public class AuditLogConsumer extends AuditLogMonitoring {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLogConsumer.class);

    private final AuditLogConfiguration options;
    private final AuditLogReaderSettings settings;
    private final Supplier<GitpodClient> clients;
    private final ConsumerState state;
    private final AuditLogDelivery delivery;
    private volatile GitpodClient client;
    private volatile AuditLogReader reader;
    private volatile CursorStore cursorStore;
    private volatile boolean resumed;
    private volatile ExecutorService requests;
    private Delivery.Receipts receipts;
    private int deliveredInPoll;

    /**
     * @param clients makes clients, which this closes
     * @throws IllegalArgumentException naming the option that is wrong, its value and what is allowed
     */
    public AuditLogConsumer(
            Endpoint endpoint,
            Processor processor,
            AuditLogConfiguration options,
            Supplier<GitpodClient> clients,
            ConsumerState state) {
        super(endpoint, processor);
        this.options = options;
        this.clients = clients;
        this.state = state;
        this.settings = new AuditLogOptions(options).toSettings();
        this.delivery = new AuditLogDelivery(this, options.isBreakOnFirstError(), sharedDeliveries());
        setMaxMessagesPerPoll(options.getMaxMessagesPerPoll());
    }

    @Override
    protected void doStart() throws Exception {
        if (state.isInMemory()) {
            LOG.warn(
                    "The cursor of {} is kept in memory only: after a restart this consumer begins at from={};"
                            + " to keep it, set stateDirectory or stateRepository",
                    getEndpoint(),
                    options.getFrom());
        }
        // A dry run takes no files into possession.
        if (!(options.isDryRun() && state.isInOwnFiles())) {
            state.start();
            ServiceHelper.startService(options.getIdempotentRepository());
        }
        requests = requestThreads();
        open();
        super.doStart();
    }

    @Override
    protected void doSuspend() throws Exception {
        closeClient();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        // Not here: the poll that the suspension ended may still have to save.
        resumed = true;
        super.doResume();
    }

    @Override
    protected void doStop() throws Exception {
        closeClient();
        super.doStop();
        // What still waits to be sent fails at once, as the client is closed.
        getEndpoint().getCamelContext().getExecutorServiceManager().shutdown(requests);
        state.stop();
    }

    private void closeClient() throws IOException {
        if (client != null) {
            client.close();
        }
    }

    /** A new client, since the old one is closed by a stop; the cursor is read anew from where it was saved. */
    private void open() {
        StartPosition reset = reader == null ? null : reader.pendingReset();
        client = clients.get();
        cursorStore = new CursorStore(
                state.repository(), state.key(getRouteId(), settings.filter().toString()), InstantSource.system());
        AuditLogReader opened = new AuditLogReader(client, settings, cursorStore, requests);
        if (reset != null) {
            // Asked for while this was suspended.
            opened.resetTo(reset);
        }
        reader = opened;
    }

    @Override
    protected int poll() throws Exception {
        shutdownRunningTask = null;
        pendingExchanges = 0;
        deliveredInPoll = 0;
        if (resumed) {
            resumed = false;
            open();
        }
        try {
            return options.isDryRun() ? dryRun() : deliverWhatIsNew();
        } catch (ClientClosedException e) {
            LOG.debug("The poll of {} was ended by a stop", getEndpoint());
            return deliveredInPoll;
        } catch (IOException e) {
            throw GitpodApiException.of(e);
        }
    }

    private int deliverWhatIsNew() throws IOException {
        if (reader.isFinished()) {
            LOG.info("{} has delivered everything before to={} and polls no more", getEndpoint(), options.getTo());
            getScheduler().unscheduleTask();
            return 0;
        }
        return reader.poll(this::deliver);
    }

    private int dryRun() throws IOException {
        new DryRun(
                        client,
                        settings,
                        cursorStore,
                        InstantSource.system(),
                        finding -> LOG.info("Dry run of {}: {}", getEndpoint(), finding))
                .run();
        getScheduler().unscheduleTask();
        return 0;
    }

    private boolean deliver(List<AuditLogEntry> entries, Delivery.Receipts confirmations) {
        // Long before a first export is complete the connection has proved to be good.
        forceConsumerAsReady();
        receipts = confirmations;
        int room = getMaxMessagesPerPoll() > 0 ? getMaxMessagesPerPoll() - deliveredInPoll : Integer.MAX_VALUE;
        List<AuditLogEntry> batch = entries.subList(0, Math.min(room, entries.size()));
        int delivered = options.isBatching() ? deliverAtOnce(batch) : processBatch(new ArrayDeque<>(batch));
        deliveredInPoll += delivered;
        return delivered == entries.size() && delivered < room && mayGoOn();
    }

    private int deliverAtOnce(List<AuditLogEntry> entries) {
        if (!mayGoOn()) {
            return 0;
        }
        int delivered = delivery.deliver(entries, receipts::isLate);
        receipts.confirmAll(entries.subList(0, delivered));
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
            index++;
        }
        pendingExchanges = 0;
        return index;
    }

    /** A suspended consumer is still allowed to run, says Camel; it must not go on with its batch, though. */
    private boolean mayGoOn() {
        return isBatchAllowed()
                && (shutdownRunningTask == ShutdownRunningTask.CompleteAllTasks || !isSuspendingOrSuspended());
    }

    /** For what is read ahead: none of them is there at rest. */
    private ExecutorService requestThreads() {
        ExecutorServiceManager threads = getEndpoint().getCamelContext().getExecutorServiceManager();
        ThreadPoolProfile profile = new ThreadPoolProfile("gitpodRequests");
        profile.setPoolSize(settings.concurrentRequests());
        profile.setMaxPoolSize(settings.concurrentRequests());
        profile.setAllowCoreThreadTimeOut(true);
        profile.setKeepAliveTime(10L);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return threads.newThreadPool(this, "gitpod-requests", profile);
    }

    private SharedDeliveries sharedDeliveries() {
        IdempotentRepository repository = options.getIdempotentRepository();
        return repository == null ? null : new SharedDeliveries(repository, System::nanoTime);
    }

    @ManagedOperation(description = "The cursor as it was loaded or saved last")
    public String readCursor() {
        return cursorStore.text();
    }

    @ManagedOperation(
            description = "Forget the cursor and begin, with the next poll, at: now, beginning, an RFC 3339"
                    + " instant, or a duration back from now")
    public void resetCursor(String position) {
        LOG.warn("The cursor of {} is reset to {}", getEndpoint(), position);
        reader.resetTo(AuditLogOptions.start(position));
        // Where everything up to the option "to" was delivered, there are no more polls.
        startScheduler();
    }

    @Override
    AuditLogStatus status() {
        AuditLogReader current = reader;
        return current == null ? AuditLogStatus.NONE : current.status();
    }

    @Override
    ReadProgress progress() {
        AuditLogReader current = reader;
        return current == null ? ReadProgress.NONE : current.progress();
    }
}
