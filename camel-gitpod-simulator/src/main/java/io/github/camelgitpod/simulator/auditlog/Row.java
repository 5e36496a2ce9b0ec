package io.github.camelgitpod.simulator.auditlog;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.protocol.Timestamps;
import io.github.camelgitpod.simulator.protocol.Uuids;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** An entry as the index holds it: its JSON as bytes, made once, and what listings sort and filter by. */
final class Row implements Comparable<Row> {

    final long nanos;
    final long idHigh;
    final long idLow;
    final String actorId;
    final String actorPrincipal;
    final String subjectId;
    final String subjectType;
    final byte[] json;

    Row(Entry entry, UnaryOperator<String> shared) {
        nanos = Timestamps.nanos(entry.time());
        UUID id = Uuids.isUuid(entry.id())
                ? UUID.fromString(entry.id())
                : UUID.nameUUIDFromBytes(entry.id().getBytes(StandardCharsets.UTF_8));
        idHigh = id.getMostSignificantBits();
        idLow = id.getLeastSignificantBits();
        actorId = lower(entry.actorId());
        actorPrincipal = shared.apply(entry.actorPrincipal());
        subjectId = lower(entry.subjectId());
        subjectType = shared.apply(entry.subjectType());
        json = entry.json().getBytes(StandardCharsets.UTF_8);
    }

    Entry entry() {
        return Entry.ofJson(new String(json, StandardCharsets.UTF_8));
    }

    UUID id() {
        return new UUID(idHigh, idLow);
    }

    int compareTo(long otherNanos, long otherHigh, long otherLow) {
        int order = Long.compare(nanos, otherNanos);
        if (order == 0) {
            order = Long.compareUnsigned(idHigh, otherHigh);
        }
        return order == 0 ? Long.compareUnsigned(idLow, otherLow) : order;
    }

    @Override
    public int compareTo(Row other) {
        return compareTo(other.nanos, other.idHigh, other.idLow);
    }

    private static String lower(String id) {
        return id == null ? null : id.toLowerCase(Locale.ROOT);
    }
}
