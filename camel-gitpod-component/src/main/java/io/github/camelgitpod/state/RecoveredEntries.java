package io.github.camelgitpod.state;

import io.github.camelgitpod.client.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is kept between two processes of the gaps that are recovered from the audit log.
 *
 * @param unread    the time ranges that have to be read
 * @param again     those that were read, and are to be read once more for what becomes visible late
 * @param delivered the keys of entries that were delivered and may be read again, with their creation time
 */
public record RecoveredEntries(List<TimeRange> unread, List<TimeRange> again, Map<String, Instant> delivered) {}
