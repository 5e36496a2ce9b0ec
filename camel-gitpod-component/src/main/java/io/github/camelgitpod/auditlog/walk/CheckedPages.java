package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;

/** Checks that each page is what was asked for. Every page, since the server behind an address can be replaced. */
final class CheckedPages {

    private CheckedPages() {}

    /** @throws LegacyServerException when an entry lies outside the bounds, or the page is not in ascending order */
    static AuditLogPage list(GitpodClient client, AuditLogQuery query) throws IOException {
        AuditLogPage page = client.listAuditLogs(query);
        Instant before = query.from();
        for (AuditLogEntry entry : page.entries()) {
            Instant at = entry.createdAt();
            if (at == null) {
                continue;
            }
            if (at.isBefore(query.from()) || !at.isBefore(query.to())) {
                throw new LegacyServerException("The server ignores a time bound: asked for [" + query.from() + ", "
                        + query.to() + "), it sent an entry of " + at);
            }
            if (at.isBefore(before)) {
                throw new LegacyServerException(
                        "The server ignores the sort order: after " + before + " it sent an entry of " + at);
            }
            before = at;
        }
        return page;
    }
}
