package io.github.camelgitpod.examples.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GapBody;
import io.github.camelgitpod.model.GitpodEvent;
import org.apache.camel.Message;

/** What the page gets of an exchange, as JSON: the server's own text as a text, and what the component knows besides. */
final class PageMessage {
    private PageMessage() {}

    static String ofEntry(Message message) {
        ObjectNode json = object("text", message.getBody(String.class));
        put(json, "actor", message, GitpodConstants.ACTOR_NAME);
        put(json, "subject", message, GitpodConstants.SUBJECT_NAME);
        if (Boolean.TRUE.equals(message.getHeader(GitpodConstants.LATE, Boolean.class))) {
            json.put("late", true);
        }
        return json.toString();
    }

    static String ofEvent(Message message) {
        return message.getBody() instanceof GapBody gap ? gap(gap) : event(message.getBody(GitpodEvent.class));
    }

    private static String event(GitpodEvent event) {
        return object("at", event.receivedAt().toString())
                .put("operation", event.operation())
                .put("type", event.resourceType())
                .put("id", event.resourceId())
                .put("synthetic", event.synthetic())
                .toString();
    }

    private static String gap(GapBody gap) {
        ObjectNode json = object("at", gap.to().toString())
                .put("gap", gap.from().toString())
                .put("reason", gap.reason());
        if (gap instanceof ClosedGap closed) {
            json.put("recovered", closed.synthetic());
        }
        return json.toString();
    }

    private static ObjectNode object(String name, String value) {
        return JsonNodeFactory.instance.objectNode().put(name, value);
    }

    private static void put(ObjectNode json, String name, Message message, String header) {
        String value = message.getHeader(header, String.class);
        if (value != null) {
            json.put(name, value);
        }
    }
}
