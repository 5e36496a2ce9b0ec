package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Goes once through the entries of a range, oldest first. Entries may be repeated: the caller knows what it has. */
interface Walk {
    /** By creation time, then by id. */
    Comparator<AuditLogEntry> ORDER = Comparator.comparing(
                    AuditLogEntry::createdAt, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(AuditLogEntry::id, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** The next entries, in order; null when everything visible in the range has been handed out. */
    List<AuditLogEntry> next() throws IOException;

    /** Nothing of the range that was created before this time is still to come. */
    Instant position();

    /** Whether {@link #next()} will hand out nothing more, as far as that is known without a request. */
    boolean isComplete();

    /** Releases what the walk holds. Also for a walk that is left before its end. */
    default void close() {}
}
