package io.github.camelgitpod.examples.forwarder.evidence;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.AuditLogListing;
import java.util.Iterator;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;

/** What the server has now, oldest first, read while it is consumed. */
final class Listing implements AutoCloseable, Iterable<AuditLogEntry> {
    private final Producer producer;
    private final Exchange exchange;

    /**
     * Asks for the first page.
     *
     * @param query values by the names of the component's options
     * @param limit 0: none
     * @throws Exception when the server cannot be asked, or refuses
     */
    Listing(CamelContext context, Map<String, String> query, int limit) throws Exception {
        Endpoint endpoint = context.getEndpoint("gitpod:auditLogs?operation=list&sort=asc&limit=" + limit);
        exchange = endpoint.createExchange();
        query.forEach((name, value) -> exchange.getMessage()
                .setHeader("CamelGitpod" + Character.toUpperCase(name.charAt(0)) + name.substring(1), value));
        producer = endpoint.createProducer();
        producer.start();
        producer.process(exchange);
    }

    /** The token's; null: the server does not tell. */
    String organization() {
        return exchange.getMessage().getHeader(GitpodConstants.ORGANIZATION_ID, String.class);
    }

    @Override
    public Iterator<AuditLogEntry> iterator() {
        return exchange.getMessage().getBody(AuditLogListing.class).iterator();
    }

    @Override
    public void close() {
        producer.stop();
    }
}
