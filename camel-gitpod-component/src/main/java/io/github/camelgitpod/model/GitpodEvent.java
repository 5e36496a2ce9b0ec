package io.github.camelgitpod.model;

import java.time.Instant;
import java.util.Objects;

/**
 * Something happened to a resource: a line of the event stream, or what was found out later about a time in which there
 * was no stream. Enum values are in full and as the server sent them, also those that this version does not know; fields
 * that it left out are null.
 *
 * @param operation    what happened, such as {@code RESOURCE_OPERATION_CREATE}
 * @param resourceType to what kind of resource, such as {@code RESOURCE_TYPE_ENVIRONMENT}
 * @param resourceId   to which one
 * @param receivedAt   when the last byte of the line came, or when it was found out; the stream itself carries no time
 * @param synthetic    whether it was made here from what the server lists, not sent by the server as an event
 * @param entryId      the audit-log entry that it was made from; null: it was not made from one
 * @param createdAt    when that entry was created, the RFC 3339 text as sent; null: as {@code entryId}
 * @param json         the line's object exactly as the server sent it, or what stands for it; never null
 */
public record GitpodEvent(
        String operation,
        String resourceType,
        String resourceId,
        Instant receivedAt,
        boolean synthetic,
        String entryId,
        String createdAt,
        JsonText json)
        implements JsonBacked, StreamLine {

    public GitpodEvent {
        Objects.requireNonNull(json, "json");
    }

    /** A line of the event stream. */
    public static GitpodEvent ofStream(
            String operation, String resourceType, String resourceId, Instant receivedAt, JsonText json) {
        return new GitpodEvent(operation, resourceType, resourceId, receivedAt, false, null, null, json);
    }

    /** Short, for logs; the event's text is in {@link #json()}. */
    @Override
    public String toString() {
        return "GitpodEvent[" + ShownText.of(operation + ", " + resourceType + ", " + resourceId) + "]";
    }
}
