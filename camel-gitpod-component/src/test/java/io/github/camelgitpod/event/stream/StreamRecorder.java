package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.model.StreamLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a stream told, in order, a line for each. */
final class StreamRecorder implements StreamListener, StreamInbox, Capacity {
    final List<String> told = new ArrayList<>();
    boolean full;
    boolean stalled;

    @Override
    public void opened(StreamGap gap) {
        told.add("next: " + (gap == null ? "no gap" : gap));
    }

    @Override
    public void received(List<GitpodEvent> events, Instant before) {
        events.forEach(event -> told.add(event.resourceId()));
    }

    @Override
    public void skipped(StreamGap gap) {
        told.add("gap " + gap.reason());
    }

    @Override
    public void connected(StreamGap gap) {
        told.add("connected");
    }

    @Override
    public void renewed(String why, StreamGap gap) {
        told.add("renewed " + why + (gap == null ? "" : " after a gap"));
    }

    @Override
    public void skipped(StreamLine.Skipped line) {
        told.add("skipped " + line.bytes());
    }

    @Override
    public void disconnected(String reason, Exception cause, Duration wait) {
        told.add("lost " + reason + ", again in " + wait.toSeconds() + " s");
    }

    @Override
    public void gaveUp(Throwable cause) {
        told.add("gave up");
    }

    @Override
    public boolean await(Pause pause) {
        return !stalled;
    }

    @Override
    public boolean isFull() {
        return full;
    }
}
