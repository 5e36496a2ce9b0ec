package io.github.camelgitpod.auditlog.query;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.DetailedEntry;
import io.github.camelgitpod.client.DoubtfulRefusal;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.ToldOnce;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.ShownText;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds to listed entries the details that the server tells of single ones only. The listing does not say which entries have
 * some. For one thread at a time.
 */
public final class EntryDetails {
    private static final Logger LOG = LoggerFactory.getLogger(EntryDetails.class);
    /** A server without the method is asked again after so long: it may have been upgraded. */
    private static final long UNTIL_ASKED_AGAIN = Duration.ofMinutes(1).toNanos();

    /** Kinds that this release knows to have no details. The last one is that of entries whose kind was not stored. */
    private static final Set<String> WITHOUT = Set.of(
            "AUDIT_LOG_ENTRY_KIND_RESOURCE_CHANGE",
            "AUDIT_LOG_ENTRY_KIND_CREDENTIAL_ACCESS",
            "AUDIT_LOG_ENTRY_KIND_UNSPECIFIED");

    private final Wanted wanted;
    private final LongSupplier nanoTime;
    private final DoubtfulRefusal doubt;
    private final ToldOnce missing = new ToldOnce();
    /** When the server was last found to lack the method; 0: it was not. */
    private long missingSince;

    /** Which entries are asked for details. */
    public enum Wanted {
        NONE,
        /** Of kinds that can have some: vetoes, and kinds newer than this release. */
        LIKELY,
        ALL
    }

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime()} */
    public EntryDetails(Wanted wanted, LongSupplier nanoTime) {
        this.wanted = wanted;
        this.nanoTime = nanoTime;
        this.doubt = new DoubtfulRefusal(nanoTime);
    }

    /**
     * The entry with its details, if it has some and the server tells them.
     *
     * @throws IOException when they may be there and cannot be had now: the entry has to wait
     */
    public AuditLogEntry addTo(AuditLogEntry entry, GitpodClient client) throws IOException {
        if (!mayHaveSome(entry) || isMissing()) {
            return entry;
        }
        try {
            DetailedEntry answer = client.getAuditLog(entry.id());
            missingSince = 0;
            doubt.ends();
            if (missing.ends()) {
                LOG.info("The server has GetAuditLog now: entries come with their details");
            }
            return new DetailedEntry(entry, answer.details()).merged();
        } catch (ApiException e) {
            throwUnlessLasting(e);
            // To ask again would not help, and must not hold up all that comes after.
            if (e.isBadRequest() || knowsTheMethod(client)) {
                LOG.warn("Entry {} goes without details: {}", ShownText.of(entry.id()), e.getMessage());
            } else {
                notThere(e);
            }
            return entry;
        } catch (IOException e) {
            doubt.ends();
            throw e;
        }
    }

    private boolean mayHaveSome(AuditLogEntry entry) {
        if (wanted == Wanted.NONE || entry.id() == null || entry.id().isEmpty()) {
            return false;
        }
        boolean ofNoKind = entry.kind() == null || entry.kind().isEmpty();
        return wanted == Wanted.ALL || (!ofNoKind && !WITHOUT.contains(entry.kind()));
    }

    private boolean isMissing() {
        return missingSince != 0 && nanoTime.getAsLong() - missingSince < UNTIL_ASKED_AGAIN;
    }

    private void notThere(ApiException answer) {
        // Zero stands for never.
        missingSince = nanoTime.getAsLong() | 1;
        if (missing.begins()) {
            LOG.warn("The server has no GetAuditLog: entries go without details. {}", answer.getMessage());
        }
    }

    /** A server that has the method misses the id; one that does not finds nothing there, as with any id. */
    private boolean knowsTheMethod(GitpodClient client) throws IOException {
        try {
            client.getAuditLog("");
            return true;
        } catch (ApiException e) {
            throwUnlessLasting(e);
            return e.isBadRequest();
        } catch (IOException e) {
            doubt.ends();
            throw e;
        }
    }

    /** @throws ApiException the answer, if another one may come */
    private void throwUnlessLasting(ApiException answer) throws ApiException {
        boolean refused = answer.isUnimplemented() || answer.isRequestRefused();
        if (!doubt.isBelieved(answer) || !refused) {
            throw answer;
        }
    }
}
