package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.event.stream.StreamInbox;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.util.List;

/** Leaves out of an environment's stream the events of the environment itself: the organization's stream has them too. */
record WithoutEnvironments(StreamInbox inbox) implements StreamInbox {

    @Override
    public void opened(StreamGap gap) {
        inbox.opened(gap);
    }

    @Override
    public void received(List<GitpodEvent> events) {
        List<GitpodEvent> own =
                events.stream().filter(event -> !isOfEnvironment(event)).toList();
        if (!own.isEmpty()) {
            inbox.received(own);
        }
    }

    @Override
    public void skipped(StreamGap gap) {
        inbox.skipped(gap);
    }

    static boolean isOfEnvironment(GitpodEvent event) {
        return ResourceListing.ENVIRONMENTS.resourceType().equals(event.resourceType());
    }
}
