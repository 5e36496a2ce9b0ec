package io.github.camelgitpod.examples.forwarder.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.examples.forwarder.evidence.Manifest.Place;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** What the lines of an export show, one after the other: how many, how many late, the first and the last. */
final class Account {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Place first;
    private Place last;
    private Instant newest = Instant.MIN;
    private long entries;
    private long late;

    void add(AuditLogEntry entry) {
        add(new Place(entry.id(), entry.createdAtText()), entry.createdAt());
    }

    /** A line; one that is no JSON counts, and shows nothing. */
    void add(byte[] line) {
        String id = null;
        String createdAt = null;
        Instant time = null;
        try {
            JsonNode entry = JSON.readTree(line);
            id = entry.path("id").asText(null);
            createdAt = entry.path("createdAt").asText(null);
            time = createdAt == null
                    ? null
                    : OffsetDateTime.parse(createdAt.replaceFirst("(\\.\\d{9})\\d+", "$1"))
                            .toInstant();
        } catch (IOException | DateTimeException e) {
            // The chain tells that it was changed; or the server sent no time.
        }
        add(new Place(id, createdAt), time);
    }

    private void add(Place place, Instant time) {
        last = place;
        first = first == null ? last : first;
        entries++;
        if (time != null) {
            late += time.isBefore(newest) ? 1 : 0;
            newest = time.isAfter(newest) ? time : newest;
        }
    }

    /** Null: there is no line. */
    Place first() {
        return first;
    }

    /** Null: there is no line. */
    Place last() {
        return last;
    }

    long entries() {
        return entries;
    }

    long late() {
        return late;
    }
}
