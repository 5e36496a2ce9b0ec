package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.model.GapReasons;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.model.StreamLine;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the lines of a stream into its inbox, and counts them: the events as they are, any other line as the gap that it
 * leaves. A line that two connections brought while one replaced the other comes here once.
 *
 * @param listener hears of lines that are not events
 */
record IncomingLines(StreamInbox inbox, StreamMeter meter, StreamListener listener, int maxLineBytes) {

    /**
     * Lines were received.
     *
     * @param lines in order
     */
    void received(List<StreamLine> lines, Arrival arrival) {
        List<GitpodEvent> events = new ArrayList<>();
        for (StreamLine line : lines) {
            if (line instanceof GitpodEvent event) {
                events.add(event);
            } else if (line instanceof StreamLine.Skipped skipped) {
                putIn(events, arrival);
                events = new ArrayList<>();
                skipped(skipped, arrival);
            }
        }
        putIn(events, arrival);
    }

    private void putIn(List<GitpodEvent> events, Arrival arrival) {
        if (!events.isEmpty()) {
            inbox.received(events, arrival.before());
            meter.received(events.size());
        }
    }

    private void skipped(StreamLine.Skipped line, Arrival arrival) {
        StreamGap gap = null;
        // A line that the end of the stream cut off is part of the gap that begins there.
        if (!line.isCutOff()) {
            gap = new StreamGap(
                    arrival.since(),
                    arrival.at(),
                    line.bytes() > maxLineBytes ? GapReasons.OVERFLOW : GapReasons.PARSE,
                    0);
            inbox.skipped(gap);
        }
        meter.skipped(gap);
        listener.skipped(line);
    }
}
