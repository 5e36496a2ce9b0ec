package io.github.camelgitpod.examples.chatalert;

import io.github.camelgitpod.model.AuditLogEntry;
import org.apache.camel.builder.RouteBuilder;

/** From the audit log, what security people want to know at once, to a chat. A message that cannot be sent is sent again with the next poll. */
final class ChatAlertRoute extends RouteBuilder {
    private final Webhook webhook;

    ChatAlertRoute(Webhook webhook) {
        this.webhook = webhook;
    }

    @Override
    public void configure() {
        AlertRule rule = AlertRule.of(
                getContext().resolvePropertyPlaceholders("{{alert.subject-types}}"),
                getContext().resolvePropertyPlaceholders("{{alert.kinds}}"));
        from("gitpod:auditLogs?from={{alert.from}}&stateDirectory={{alert.directory}}&delay={{alert.delay}}")
                .routeId("chat-alert")
                .filter()
                .body(AuditLogEntry.class, rule::matches)
                .transform()
                .body(AuditLogEntry.class, AlertText::of)
                .process(webhook);
    }
}
