package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.model.FilterChangePolicy;
import io.github.camelgitpod.state.CursorState;
import io.github.camelgitpod.state.Origin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a stored cursor can be used, although what is read may be something else by now. */
final class SourceChange {
    private static final Logger LOG = LoggerFactory.getLogger(SourceChange.class);

    private SourceChange() {}

    /** What is read that is not what the cursor was made with, in words; null: nothing. */
    static String text(CursorState stored, Origin now, AuditLogFilter configured) {
        if (stored.origin().differsFrom(now)) {
            return text(stored.origin(), now);
        }
        return stored.filter().equals(configured)
                ? null
                : "the filter was: " + FilterText.of(stored.filter()) + "; and is: " + FilterText.of(configured);
    }

    static String text(Origin stored, Origin now) {
        return "the cursor was of " + stored + ", and what is read is of " + now;
    }

    /**
     * Whether to use the stored cursor for what is read now.
     *
     * @param now whose entries these are, as far as it is known
     * @throws IllegalArgumentException when that is something else, and the policy is {@link FilterChangePolicy#fail}
     */
    static boolean keepsCursor(CursorState stored, Origin now, AuditLogReaderSettings settings) {
        return keepsCursor(stored.origin(), now, settings.onFilterChange())
                && keepsCursor(stored.filter(), settings.filter(), settings.onFilterChange());
    }

    /**
     * Whether to use the stored cursor with the filter of now.
     *
     * @throws RefusedCursorException when the filter is not narrower and the policy is {@link FilterChangePolicy#fail}
     */
    private static boolean keepsCursor(AuditLogFilter stored, AuditLogFilter configured, FilterChangePolicy policy) {
        if (configured.isNarrowerThan(stored)) {
            return true;
        }
        return keepsCursor(
                "The filter was " + stored + " and is " + configured,
                "what it newly includes is delivered from the cursor on only",
                "The stored cursor was made with the filter " + stored + ", and the filter now is " + configured
                        + ", which includes entries that the cursor knows nothing of; allowed: a narrower filter",
                policy);
    }

    /**
     * Whether to use the stored cursor for the entries of this organization at this address.
     *
     * @throws RefusedCursorException when it is of others, and the policy is {@link FilterChangePolicy#fail}
     */
    static boolean keepsCursor(Origin stored, Origin now, FilterChangePolicy policy) {
        if (!stored.differsFrom(now)) {
            return true;
        }
        return keepsCursor(
                "The stored cursor is of " + stored + ", and what is read now is of " + now,
                "what is older than the cursor is not delivered",
                "The stored cursor is of " + stored + ", and accessToken and baseUrl are of " + now
                        + ", whose entries the cursor knows nothing of; allowed: the token and the address that it was made"
                        + " with, another stateKey",
                policy);
    }

    private static boolean keepsCursor(String change, String kept, String refusal, FilterChangePolicy policy) {
        return switch (policy) {
            case keep -> {
                LOG.warn("{}: {}", change, kept);
                yield true;
            }
            case reset -> {
                LOG.warn("{}: the cursor is reset", change);
                yield false;
            }
            case fail -> throw new RefusedCursorException(refusal + ", or onFilterChange=keep or onFilterChange=reset");
        };
    }
}
