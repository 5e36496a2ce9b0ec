package io.github.camelgitpod.event.group;

import io.github.camelgitpod.event.stream.StreamClock;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.time.Instant;
import java.util.List;

/** Hands everything on to another sink, with times by the time of day in place of the moments by which streams go. */
record TimeOfDaySink(EventSink next, StreamClock clock) implements EventSink {

    @Override
    public boolean takesSeveral() {
        return next.takesSeveral();
    }

    @Override
    public boolean events(String environmentId, List<GitpodEvent> events, StreamGap gap) {
        return next.events(environmentId, events.stream().map(this::shown).toList(), clock.timeOfDay(gap));
    }

    @Override
    public void gap(String environmentId, StreamGap gap) {
        next.gap(environmentId, clock.timeOfDay(gap));
    }

    @Override
    public void gapClosed(String environmentId, ClosedGap closed) {
        StreamGap gap = clock.timeOfDay(closed.gap());
        next.gapClosed(environmentId, new ClosedGap(gap, closed.relisted(), closed.synthetic(), closed.auditEntries()));
    }

    private GitpodEvent shown(GitpodEvent event) {
        Instant receivedAt = clock.steady().timeOfDay(event.receivedAt());
        return receivedAt.equals(event.receivedAt())
                ? event
                : new GitpodEvent(
                        event.operation(),
                        event.resourceType(),
                        event.resourceId(),
                        receivedAt,
                        event.synthetic(),
                        event.entryId(),
                        event.createdAt(),
                        event.json());
    }
}
