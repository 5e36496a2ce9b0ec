package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.model.StreamLine;
import java.time.Instant;
import java.util.List;

/**
 * Counts what is to be delivered: not what was read, since of two connections that replace each other a part is left out.
 *
 * @param listener told of lines that are no event
 */
record CountedInbox(StreamInbox next, StreamMeter meter, StreamListener listener, int maxLineBytes)
        implements StreamInbox {

    @Override
    public void opened(StreamGap gap) {
        next.opened(gap);
    }

    @Override
    public void received(List<StreamLine> lines, Instant upTo) {
        next.received(lines, upTo);
        meter.received(lines.size());
        for (StreamLine line : lines) {
            if (line instanceof StreamLine.Skipped skipped) {
                meter.skipped(StreamGap.ofLine(skipped, upTo, maxLineBytes));
                listener.skipped(skipped);
            }
        }
    }

    @Override
    public boolean awaitRoom(Pause pause) {
        return next.awaitRoom(pause);
    }

    @Override
    public boolean isFull() {
        return next.isFull();
    }
}
