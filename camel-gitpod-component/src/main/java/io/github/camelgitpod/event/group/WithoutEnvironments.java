package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.event.stream.StreamInbox;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.model.StreamLine;
import java.time.Instant;
import java.util.List;

/** Leaves out of an environment's stream what the organization's stream carries too: the environment itself. */
record WithoutEnvironments(StreamInbox inbox) implements StreamInbox {

    @Override
    public void opened(StreamGap gap) {
        inbox.opened(gap);
    }

    @Override
    public void received(List<StreamLine> lines, Instant upTo) {
        List<StreamLine> own =
                lines.stream().filter(line -> !isOfEnvironment(line)).toList();
        if (!own.isEmpty()) {
            inbox.received(own, upTo);
        }
    }

    @Override
    public boolean awaitRoom(Pause pause) {
        return inbox.awaitRoom(pause);
    }

    @Override
    public boolean isFull() {
        return inbox.isFull();
    }

    static boolean isOfEnvironment(StreamLine line) {
        return line instanceof GitpodEvent event
                && ResourceListing.ENVIRONMENTS.resourceType().equals(event.resourceType());
    }
}
