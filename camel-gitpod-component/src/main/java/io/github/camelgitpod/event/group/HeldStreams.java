package io.github.camelgitpod.event.group;

import io.github.camelgitpod.event.stream.StreamClock;
import io.github.camelgitpod.event.stream.StreamFigures;
import io.github.camelgitpod.event.stream.StreamMeter;
import io.github.camelgitpod.event.stream.StreamStatus;
import io.github.camelgitpod.state.StreamPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The streams that are held, by scope, and how they are. */
final class HeldStreams {
    private static final String ORGANIZATION = "organization";

    private final boolean everyEnvironment;
    private final StreamClock clock;
    private final Map<String, HeldStream> streams = new LinkedHashMap<>();
    /** Those that had to make room. */
    private final Map<String, HeldStream> resting = new HashMap<>();
    /** What those have counted that are not held any more. */
    private StreamFigures gone = StreamFigures.NONE;

    /** @param everyEnvironment whether there is one for each environment beside the organization's */
    HeldStreams(boolean everyEnvironment, StreamClock clock) {
        this.everyEnvironment = everyEnvironment;
        this.clock = clock;
    }

    /** The name of a scope. */
    static String scope(String environmentId) {
        return environmentId == null ? ORGANIZATION : environmentId;
    }

    synchronized void add(HeldStream held) {
        streams.put(scope(held.stream().environmentId()), held);
    }

    /** Null: there was none, or it was resting. */
    synchronized HeldStream remove(String scope) {
        HeldStream asleep = resting.remove(scope);
        HeldStream held = streams.remove(scope);
        Stream.of(asleep, held).filter(Objects::nonNull).forEach(any -> gone = gone.plus(figures(any)));
        return held;
    }

    /** Until {@link #wake} it counts only for its position; null: there is none, or it is resting. */
    synchronized HeldStream rest(String scope) {
        HeldStream held = streams.remove(scope);
        if (held != null) {
            resting.put(scope, held);
        }
        return held;
    }

    /** Null: none was resting. */
    synchronized HeldStream wake(String scope) {
        HeldStream held = resting.remove(scope);
        if (held != null) {
            streams.put(scope, held);
        }
        return held;
    }

    synchronized boolean isResting(String scope) {
        return resting.containsKey(scope);
    }

    synchronized boolean has(String scope) {
        return streams.containsKey(scope);
    }

    synchronized List<HeldStream> all() {
        return List.copyOf(streams.values());
    }

    /** Where they stand; those that rest, too. */
    synchronized Map<String, StreamPosition> positions() {
        Map<String, HeldStream> all = new HashMap<>(resting);
        all.putAll(streams);
        Map<String, StreamPosition> positions = new HashMap<>();
        all.forEach((scope, held) -> positions.put(scope, held.position()));
        return positions;
    }

    synchronized Map<String, StreamStatus> statuses() {
        Map<String, StreamStatus> all = new LinkedHashMap<>();
        streams.forEach((scope, held) -> all.put(scope, held.stream().status()));
        return all;
    }

    long openCount() {
        return statuses().values().stream()
                .filter(status -> status.state() == StreamStatus.State.OPEN)
                .count();
    }

    /** As one, with what those counted that are not held any more; before there are any: as one that was not opened. */
    StreamStatus status() {
        Map<String, StreamStatus> all = statuses();
        StreamStatus held = all.isEmpty() ? new StreamMeter(clock).status() : StreamStatus.of(all.values());
        return held.with(held.figures().plus(ofOthers()));
    }

    /** Of the oldest one; null: there is none. */
    Duration connectionAge() {
        Instant opened = status().openedAt();
        return opened == null
                ? null
                : Duration.between(
                        opened, clock.steady().timeOfDay(clock.steady().instant()));
    }

    private synchronized StreamFigures ofOthers() {
        return resting.values().stream().map(HeldStreams::figures).reduce(gone, StreamFigures::plus);
    }

    private static StreamFigures figures(HeldStream held) {
        return held.stream().status().figures();
    }

    /** Of those by which the consumer is judged; where each environment has a stream, that is only the organization's. */
    Map<String, StreamStatus> decisiveStatuses() {
        Map<String, StreamStatus> all = statuses();
        if (all.isEmpty() || everyEnvironment) {
            return Map.of(ORGANIZATION, all.getOrDefault(ORGANIZATION, status()));
        }
        return all;
    }
}
