package io.github.camelgitpod.event;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.consumer.HeaderTemplate;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.time.Instant;
import org.apache.camel.Message;

/** Makes messages of what a stream brings: an event or a gap as the body, with its fields as headers. For one thread. */
final class EventMessage {
    private static final HeaderTemplate HEADERS = new HeaderTemplate(
            GitpodConstants.EVENT_TYPE,
            GitpodConstants.RECEIVED_AT,
            GitpodConstants.MESSAGE_TIMESTAMP,
            GitpodConstants.OPERATION,
            GitpodConstants.RESOURCE_TYPE,
            GitpodConstants.RESOURCE_ID);

    private final boolean everyEnvironment;

    /** Events that were read together have one time, and to make its text takes longer than all other headers. */
    private Instant lastReceivedAt;

    private String lastReceivedText;

    /**
     * @param everyEnvironment whether each environment has a stream, too: its own events, which both carry, are of its scope as well
     */
    EventMessage(boolean everyEnvironment) {
        this.everyEnvironment = everyEnvironment;
    }

    /**
     * An event in a message.
     *
     * @param environmentId null: it is of the organization's stream
     * @param gap           before it; null: none
     */
    void fill(Message message, String environmentId, GitpodEvent event, StreamGap gap) {
        message.setBody(event);
        HEADERS.fill(message, header -> value(event, header));
        setIfKnown(message, GitpodConstants.ENVIRONMENT_ID, environmentId == null ? ownOf(event) : environmentId);
        setIfKnown(message, GitpodConstants.ENTRY_ID, event.entryId());
        setIfKnown(message, GitpodConstants.CREATED_AT, event.createdAt());
        setIfKnown(message, GitpodConstants.SYNTHETIC, event.synthetic() ? Boolean.TRUE : null);
        if (gap != null) {
            setGap(message, gap);
        }
    }

    /** The environment that an event of the organization's stream is about; null: none, or not of its scope. */
    private String ownOf(GitpodEvent event) {
        boolean ofEnvironment = ResourceListing.ENVIRONMENTS.resourceType().equals(event.resourceType());
        return everyEnvironment && ofEnvironment ? event.resourceId() : null;
    }

    /** A gap in a message of its own. */
    static void fill(Message message, String environmentId, StreamGap gap) {
        fill(message, environmentId, "GAP", gap, gap);
    }

    /** A gap of which all was delivered that could be recovered. */
    static void fill(Message message, String environmentId, ClosedGap closed) {
        fill(message, environmentId, "GAP_CLOSED", closed.gap(), closed);
    }

    /** @param organization whose event or gap it is; null: it is not known */
    static void setOrganization(Message message, String organization) {
        setIfKnown(message, GitpodConstants.ORGANIZATION_ID, organization);
    }

    private Object value(GitpodEvent event, String header) {
        return switch (header) {
            case GitpodConstants.EVENT_TYPE -> "CHANGE";
            case GitpodConstants.RECEIVED_AT -> text(event.receivedAt());
            case GitpodConstants.MESSAGE_TIMESTAMP -> event.receivedAt().toEpochMilli();
            case GitpodConstants.OPERATION -> event.operation();
            case GitpodConstants.RESOURCE_TYPE -> event.resourceType();
            case GitpodConstants.RESOURCE_ID -> event.resourceId();
            default -> throw new IllegalArgumentException(header);
        };
    }

    private String text(Instant receivedAt) {
        if (!receivedAt.equals(lastReceivedAt)) {
            lastReceivedAt = receivedAt;
            lastReceivedText = receivedAt.toString();
        }
        return lastReceivedText;
    }

    private static void fill(Message message, String environmentId, String type, StreamGap gap, Object body) {
        message.setBody(body);
        message.setHeader(GitpodConstants.EVENT_TYPE, type);
        message.setHeader(GitpodConstants.MESSAGE_TIMESTAMP, gap.to().toEpochMilli());
        setIfKnown(message, GitpodConstants.ENVIRONMENT_ID, environmentId);
        setGap(message, gap);
    }

    private static void setGap(Message message, StreamGap gap) {
        message.setHeader(GitpodConstants.GAP_FROM, gap.from().toString());
        message.setHeader(GitpodConstants.GAP_TO, gap.to().toString());
        message.setHeader(GitpodConstants.GAP_REASON, gap.reason());
    }

    private static void setIfKnown(Message message, String header, Object value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}
