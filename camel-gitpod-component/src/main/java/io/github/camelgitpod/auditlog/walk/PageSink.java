package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Takes the entries of a range, page by page. */
@FunctionalInterface
public interface PageSink {

    /**
     * Takes the next entries.
     *
     * @param entries  those of one page that the filter accepts, in order; may be empty. Some may have been taken before
     * @param position nothing of the range that was created before this time is still to come
     * @return false: no more are wanted
     * @throws IOException when what is read cannot be used any more
     */
    boolean take(List<AuditLogEntry> entries, Instant position) throws IOException;
}
