package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.GitpodApiException;
import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.GitpodOrigin;
import io.github.camelgitpod.auditlog.query.AuditLogLister;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.AuditLogListing;
import io.github.camelgitpod.model.AuditLogOperation;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.SynchronizationAdapter;

/** Asks the audit log on demand: a listing that is read while the route consumes it, or one entry with its details. */
public final class AuditLogProducer extends DefaultProducer {
    private final QueryOptions options;
    private final Supplier<GitpodClient> clients;
    private final InstantSource clock;
    private final String host;
    private final AnswerOrganization organization;
    private GitpodClient client;
    private AuditLogLister lister;

    /**
     * @param clients  makes clients, which this producer closes
     * @param clock    this machine's
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime()}
     * @throws IllegalArgumentException naming the option that is wrong, its value and what is allowed
     */
    public AuditLogProducer(
            Endpoint endpoint,
            AuditLogConfiguration options,
            Supplier<GitpodClient> clients,
            InstantSource clock,
            LongSupplier nanoTime) {
        super(endpoint);
        this.options = new QueryOptions(options);
        this.clients = clients;
        this.clock = clock;
        this.host = GitpodOrigin.host(endpoint);
        this.organization = new AnswerOrganization(nanoTime);
        this.options.check();
    }

    @Override
    protected void doStart() throws Exception {
        client = clients.get();
        lister = new AuditLogLister(client, clock);
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        if (client != null) {
            client.close();
        }
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        try {
            exchange.getMessage()
                    .setBody(options.operation() == AuditLogOperation.get ? get(exchange) : list(exchange));
            exchange.setProperty(GitpodOrigin.PROPERTY, new GitpodOrigin(host, clock.instant()));
            tellOrganization(exchange.getMessage());
        } catch (IOException e) {
            throw GitpodApiException.of(e);
        }
    }

    private void tellOrganization(Message message) {
        String known = organization.of(client);
        if (known != null) {
            message.setHeader(GitpodConstants.ORGANIZATION_ID, known);
        } else {
            // Another token's, from the consumer of this route.
            message.removeHeader(GitpodConstants.ORGANIZATION_ID);
        }
    }

    private AuditLogEntry get(Exchange exchange) throws IOException {
        return client.getAuditLog(options.entryId(exchange.getMessage())).merged();
    }

    private AuditLogListing list(Exchange exchange) throws IOException {
        AuditLogListing listing = lister.list(options.listing(exchange.getMessage()), GitpodApiException::of);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange completed) {
                listing.close();
            }
        });
        return listing;
    }
}
