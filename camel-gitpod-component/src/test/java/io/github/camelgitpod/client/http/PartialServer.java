package io.github.camelgitpod.client.http;

import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.DetailedEntry;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.Identity;
import io.github.camelgitpod.client.NameListing;
import io.github.camelgitpod.client.NamePage;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.client.ResourcePage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A server in the same process that does what a test needs of it, and refuses the rest. */
public interface PartialServer extends GitpodClient {

    @Override
    default AuditLogPage listAuditLogs(AuditLogQuery query) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    default AuditLogPage readAuditLogs(byte[] json) throws IOException {
        return AuditLogPageParser.parse(json);
    }

    @Override
    default ResourcePage listResources(ResourceListing listing, String token) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    default NamePage listNames(NameListing listing, String organizationId, String token) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    default EventConnection watchEvents(EventQuery query, int maxLineBytes) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    default DetailedEntry getAuditLog(String entryId) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    default Identity authenticatedIdentity() throws IOException {
        return new Identity("organization", "ORGANIZATION_TIER_ENTERPRISE", "subject", "PRINCIPAL_USER");
    }

    @Override
    default Object credential() {
        return "token";
    }

    @Override
    default Optional<Instant> serverTime() {
        return Optional.empty();
    }

    @Override
    default Duration streamsAllowedIn(EventQuery query) {
        return Duration.ZERO;
    }

    @Override
    default long requestsSent() {
        return 0;
    }

    @Override
    default long slowDowns() {
        return 0;
    }

    @Override
    default void close() {}
}
