package io.github.camelgitpod.client;

import java.time.Instant;

/**
 * One line of the event stream: something happened to a resource. Enum values are in full and as the server sent them,
 * also those that this version does not know; fields that it left out are null.
 *
 * @param operation    what happened, such as {@code RESOURCE_OPERATION_CREATE}
 * @param resourceType to what kind of resource, such as {@code RESOURCE_TYPE_ENVIRONMENT}
 * @param resourceId   to which one
 * @param receivedAt   when the line was read here; the stream itself carries no time
 * @param json         the line's object exactly as the server sent it
 */
public record GitpodEvent(String operation, String resourceType, String resourceId, Instant receivedAt, JsonText json)
        implements JsonBacked, StreamLine {

    /** Short, for logs; the event's text is in {@link #json()}. */
    @Override
    public String toString() {
        return "GitpodEvent[" + operation + ", " + resourceType + ", " + resourceId + "]";
    }
}
