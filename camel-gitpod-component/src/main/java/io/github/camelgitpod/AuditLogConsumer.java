package io.github.camelgitpod;

import io.github.camelgitpod.auditlog.AuditLogReader;
import io.github.camelgitpod.auditlog.AuditLogReaderSettings;
import io.github.camelgitpod.auditlog.Delivery;
import io.github.camelgitpod.client.AuditLogEntry;
import io.github.camelgitpod.client.ClientClosedException;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.state.CrashSafeFileStateRepository;
import io.github.camelgitpod.state.CursorStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.BridgeExceptionHandlerToErrorHandler;
import org.apache.camel.support.ScheduledBatchPollingConsumer;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers each audit-log entry at least once, oldest first. An entry counts as delivered when its exchange is completed;
 * {@link AuditLogReader} does the rest.
 */
public class AuditLogConsumer extends ScheduledBatchPollingConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLogConsumer.class);

    private final GitpodEndpoint endpoint;
    private final AuditLogConfiguration options;
    private final AuditLogReaderSettings settings;
    private final StateRepository<String, String> stateRepository;
    private volatile GitpodClient client;
    private volatile AuditLogReader reader;
    private Delivery.Receipts receipts;
    private int deliveredInPoll;

    AuditLogConsumer(GitpodEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.options = endpoint.getAuditLogConfiguration();
        this.settings = AuditLogOptions.toSettings(options);
        this.stateRepository = stateRepository();
        setMaxMessagesPerPoll(options.getMaxMessagesPerPoll());
    }

    @Override
    protected void doStart() throws Exception {
        if (stateRepository instanceof MemoryStateRepository) {
            LOG.warn(
                    "The cursor of {} is kept in memory only: after a restart this consumer begins at from={};"
                            + " to keep it, set stateDirectory or stateRepository",
                    endpoint,
                    options.getFrom());
        }
        ServiceHelper.startService(stateRepository);
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
        open();
        super.doResume();
    }

    @Override
    protected void doStop() throws Exception {
        closeClient();
        super.doStop();
    }

    private void closeClient() throws IOException {
        if (client != null) {
            client.close();
        }
    }

    /** A new client, since the old one is closed by a stop; the cursor is read anew from where it was saved. */
    private void open() {
        client = endpoint.createClient();
        reader = new AuditLogReader(
                client, settings, new CursorStore(stateRepository, stateKey(), InstantSource.system()));
    }

    @Override
    protected int poll() throws Exception {
        shutdownRunningTask = null;
        pendingExchanges = 0;
        deliveredInPoll = 0;
        if (reader.isFinished()) {
            LOG.info("{} has delivered everything before to={} and polls no more", endpoint, options.getTo());
            getScheduler().unscheduleTask();
            return 0;
        }
        try {
            return reader.poll(this::deliver);
        } catch (ClientClosedException e) {
            LOG.debug("The poll of {} was ended by a stop", endpoint);
            return deliveredInPoll;
        } catch (IOException e) {
            throw GitpodApiException.of(e);
        }
    }

    private boolean deliver(List<AuditLogEntry> entries, Delivery.Receipts confirmations) {
        // Long before a first export is complete the connection has proved to be good.
        forceConsumerAsReady();
        receipts = confirmations;
        int room = getMaxMessagesPerPoll() > 0 ? getMaxMessagesPerPoll() - deliveredInPoll : Integer.MAX_VALUE;
        List<AuditLogEntry> batch = entries.subList(0, Math.min(room, entries.size()));
        int delivered = processBatch(new ArrayDeque<>(batch));
        deliveredInPoll += delivered;
        return delivered == entries.size() && delivered < room && mayGoOn();
    }

    /** Delivers the entries of one page; stops at the first one that has to come again. */
    @Override
    public int processBatch(Queue<Object> entries) {
        int total = entries.size();
        int index = 0;
        while (index < total && mayGoOn()) {
            pendingExchanges = total - index - 1;
            AuditLogEntry entry = (AuditLogEntry) entries.remove();
            if (!process(entry, index, total)) {
                break;
            }
            receipts.confirm(entry);
            index++;
        }
        pendingExchanges = 0;
        return index;
    }

    /** Whether the entry needs no further delivery. A route does not throw: its exchange tells how it went. */
    private boolean process(AuditLogEntry entry, int index, int total) {
        Exchange exchange = createExchange(false);
        try {
            exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, index);
            exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, total);
            exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, index == total - 1);
            AuditLogMessage.fill(exchange.getMessage(), entry, receipts.isLate(entry));
            try {
                getProcessor().process(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            }
            return !(exchange.isFailed() || exchange.isRollbackOnly()) || passesOver(entry, exchange);
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private boolean passesOver(AuditLogEntry entry, Exchange exchange) {
        if (options.isBreakOnFirstError()) {
            LOG.warn(
                    "Entry {} of {} was not delivered and comes again with the next poll: {}",
                    entry.id(),
                    endpoint,
                    String.valueOf(exchange.getException()));
            return false;
        }
        if (getExceptionHandler() instanceof BridgeExceptionHandlerToErrorHandler) {
            // The route's error handler has had this exchange already.
            LOG.warn(
                    "Entry {} of {} was not delivered and is passed over: {}",
                    entry.id(),
                    endpoint,
                    String.valueOf(exchange.getException()));
        } else {
            handleException(
                    "Entry " + entry.id() + " was not delivered and is passed over", exchange, exchange.getException());
        }
        return true;
    }

    /** A suspended consumer is still allowed to run, says Camel; it must not go on with its batch, though. */
    private boolean mayGoOn() {
        return isBatchAllowed()
                && (shutdownRunningTask == ShutdownRunningTask.CompleteAllTasks || !isSuspendingOrSuspended());
    }

    private StateRepository<String, String> stateRepository() {
        if (options.getStateRepository() != null) {
            return options.getStateRepository();
        }
        return options.getStateDirectory() != null
                ? new CrashSafeFileStateRepository(Path.of(options.getStateDirectory()))
                : endpoint.getMemoryStateRepository();
    }

    private String stateKey() {
        if (options.getStateKey() != null) {
            return options.getStateKey();
        }
        String source = endpoint.getBaseUrl() + " " + settings.filter();
        return getRouteId() != null
                ? getRouteId() + "/auditLogs"
                : "auditLogs-" + UUID.nameUUIDFromBytes(source.getBytes(StandardCharsets.UTF_8));
    }
}
