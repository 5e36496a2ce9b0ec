package io.github.camelgitpod.event.stream;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a stream has counted. Immutable.
 *
 * @param connects     connections opened so far
 * @param events       events received so far
 * @param gapsByReason gaps so far, skipped lines included; by the name of the reason, for people
 * @param skippedLines lines so far that were not events
 * @param renewals     connections that were replaced by a new one before they ended
 */
public record StreamFigures(
        long connects, long events, Map<String, Long> gapsByReason, long skippedLines, long renewals) {

    /** Nothing was counted. */
    public static final StreamFigures NONE = new StreamFigures(0, 0, Map.of(), 0, 0);

    public StreamFigures {
        gapsByReason = Collections.unmodifiableMap(new TreeMap<>(gapsByReason));
    }

    /** Gaps of whichever reason. */
    public long gaps() {
        return gapsByReason.values().stream().mapToLong(Long::longValue).sum();
    }

    public StreamFigures plus(StreamFigures other) {
        Map<String, Long> gaps = new HashMap<>(gapsByReason);
        other.gapsByReason.forEach((reason, count) -> gaps.merge(reason, count, Long::sum));
        return new StreamFigures(
                connects + other.connects,
                events + other.events,
                gaps,
                skippedLines + other.skippedLines,
                renewals + other.renewals);
    }
}
