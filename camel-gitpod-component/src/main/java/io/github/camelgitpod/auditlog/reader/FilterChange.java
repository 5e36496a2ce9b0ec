package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.model.FilterChangePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a stored cursor can be used, although the filter may have changed since. */
final class FilterChange {
    private static final Logger LOG = LoggerFactory.getLogger(FilterChange.class);

    private FilterChange() {}

    /**
     * Whether to use the stored cursor.
     *
     * @throws IllegalArgumentException when the filter is not narrower and the policy is {@link FilterChangePolicy#fail}
     */
    static boolean keepsCursor(AuditLogFilter stored, AuditLogFilter configured, FilterChangePolicy policy) {
        if (configured.isNarrowerThan(stored)) {
            return true;
        }
        return switch (policy) {
            case keep -> {
                LOG.warn(
                        "The filter was {} and is {}: what it newly includes is delivered from the cursor on only",
                        stored,
                        configured);
                yield true;
            }
            case reset -> {
                LOG.warn("The filter was {} and is {}: the cursor is reset", stored, configured);
                yield false;
            }
            case fail ->
                throw new IllegalArgumentException("The stored cursor was made with the filter " + stored
                        + ", and the filter now is " + configured
                        + ", which includes entries that the cursor knows nothing of;"
                        + " allowed: a narrower filter, or onFilterChange=keep or onFilterChange=reset");
        };
    }
}
