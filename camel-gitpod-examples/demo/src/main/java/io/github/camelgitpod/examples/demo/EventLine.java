package io.github.camelgitpod.examples.demo;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.model.GitpodEvent;
import java.util.Locale;
import org.apache.camel.Message;

/** An event in one line, for people. */
final class EventLine {
    private EventLine() {}

    static String of(Message message) {
        GitpodEvent event = message.getBody(GitpodEvent.class);
        String line = "  event     %s %s: %s"
                .formatted(
                        brief(event.resourceType(), "RESOURCE_TYPE_"),
                        event.resourceId(),
                        brief(event.operation(), "RESOURCE_OPERATION_"));
        String gap = message.getHeader(GitpodConstants.GAP_REASON, String.class);
        return gap == null
                ? line
                : "  gap       events may be missing since %s (%s)%n%s"
                        .formatted(message.getHeader(GitpodConstants.GAP_FROM), gap, line);
    }

    private static String brief(String name, String prefix) {
        return name != null && name.startsWith(prefix)
                ? name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', ' ')
                : name;
    }
}
