package io.github.camelgitpod.event.group;

import io.github.camelgitpod.event.stream.StreamClock;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.time.Duration;
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
        return next.events(environmentId, shown(events), clock.timeOfDay(gap));
    }

    /** How far the time of day is behind is asked once: for each event it would take a good part of what its reading takes. */
    private List<GitpodEvent> shown(List<GitpodEvent> events) {
        Instant first = events.get(0).receivedAt();
        Duration behind = Duration.between(clock.steady().timeOfDay(first), first);
        return behind.isZero()
                ? events
                : events.stream().map(event -> shown(event, behind)).toList();
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

    private static GitpodEvent shown(GitpodEvent event, Duration behind) {
        return new GitpodEvent(
                event.operation(),
                event.resourceType(),
                event.resourceId(),
                event.receivedAt().minus(behind),
                event.synthetic(),
                event.entryId(),
                event.createdAt(),
                event.json());
    }
}
