package io.github.camelgitpod.state;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is kept between two processes of the gaps that are filled from the audit log.
 *
 * @param ranges    the time ranges that have to be read, or read once more
 * @param delivered the ids of entries that were delivered and may be read again, with their creation time
 */
public record RecoveredEntries(List<Range> ranges, Map<String, Instant> delivered) {

    /**
     * A time range by the server's clock.
     *
     * @param from inclusive
     * @param to   exclusive
     */
    public record Range(Instant from, Instant to) {
        /** Whether it has that instant. */
        public boolean has(Instant instant) {
            return !instant.isBefore(from) && instant.isBefore(to);
        }
    }
}
