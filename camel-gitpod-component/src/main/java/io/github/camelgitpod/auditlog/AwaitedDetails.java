package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.auditlog.query.EntryDetails;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.util.function.Supplier;

/** The details of the entries of a poll. Where they cannot be had now, the poll ends before that entry, and then fails. */
final class AwaitedDetails {
    private final EntryDetails details;
    private final Supplier<GitpodClient> client;
    private IOException failure;

    /** @param client of the moment */
    AwaitedDetails(EntryDetails.Wanted wanted, Supplier<GitpodClient> client) {
        this.details = new EntryDetails(wanted, System::nanoTime);
        this.client = client;
    }

    /** The entry as it is to be delivered; null: not in this poll. */
    AuditLogEntry addTo(AuditLogEntry entry) {
        try {
            return details.addTo(entry, client.get());
        } catch (IOException e) {
            failure = e;
            return null;
        }
    }

    /** @throws IOException why the poll ended, if it did because of details */
    void throwFailure() throws IOException {
        IOException thrown = failure;
        failure = null;
        if (thrown != null) {
            throw thrown;
        }
    }
}
