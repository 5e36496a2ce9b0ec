package io.github.camelgitpod.examples.demo;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.model.GitpodEvent;
import org.apache.camel.Message;

/** An event in one line, for people. */
final class EventLine {
    private EventLine() {}

    static String of(Message message) {
        GitpodEvent event = message.getBody(GitpodEvent.class);
        String line = "  event     %s %s: %s"
                .formatted(
                        Words.brief(event.resourceType(), "RESOURCE_TYPE_"),
                        Words.brief(event.resourceId()),
                        Words.brief(event.operation(), "RESOURCE_OPERATION_"));
        String gap = message.getHeader(GitpodConstants.GAP_REASON, String.class);
        return gap == null
                ? line
                : "  gap       events may be missing since %s (%s)%n%s"
                        .formatted(message.getHeader(GitpodConstants.GAP_FROM), gap, line);
    }
}
