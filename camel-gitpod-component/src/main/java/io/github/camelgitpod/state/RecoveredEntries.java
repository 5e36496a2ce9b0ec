package io.github.camelgitpod.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is kept between two processes of the gaps that are filled from the audit log.
 *
 * @param unread    the time ranges that have to be read
 * @param again     those that were read, and are to be read once more for what becomes visible late
 * @param delivered the ids of entries that were delivered and may be read again, with their creation time
 */
public record RecoveredEntries(List<Range> unread, List<Range> again, Map<String, Instant> delivered) {

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

        /** Whether they have an instant in common, or meet. */
        public boolean meets(Range other) {
            return !from.isAfter(other.to) && !other.from.isAfter(to);
        }

        /** The shortest range that has both. */
        public Range with(Range other) {
            return new Range(from.isBefore(other.from) ? from : other.from, to.isAfter(other.to) ? to : other.to);
        }

        /** The part of it from an instant on; all of it when it begins later. */
        public Range since(Instant instant) {
            return instant.isAfter(from) ? new Range(instant.isBefore(to) ? instant : to, to) : this;
        }

        /** How long it is. */
        public Duration length() {
            return Duration.between(from, to);
        }
    }
}
