package io.github.camelgitpod.event.group;

import io.github.camelgitpod.event.stream.VirtualTime;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** The route: keeps what it gets, and finds fault with what contradicts itself. */
final class StreamRoute implements EventSink {
    final Map<String, List<Integer>> delivered = new HashMap<>();
    final Map<String, List<StreamGap>> gaps = new HashMap<>();
    final Map<String, List<ClosedGap>> closed = new HashMap<>();
    final List<String> faults = new ArrayList<>();
    int synthetic;

    private boolean blocked;
    private final List<Instant> blockedAt = new ArrayList<>();
    private final List<Instant> freeAt = new ArrayList<>();
    private final VirtualTime time;
    private final Random random;
    private final boolean takesSeveral;
    /** What the next event of a stream has to come with. */
    private final Map<String, StreamGap> unreported = new HashMap<>();
    /** Of which streams that may be more. */
    private final Set<String> unsure = new HashSet<>();

    StreamRoute(VirtualTime time, Random random, boolean takesSeveral) {
        this.time = time;
        this.random = random;
        this.takesSeveral = takesSeveral;
    }

    void block() {
        if (!blocked) {
            blocked = true;
            blockedAt.add(time.now());
        }
    }

    void free() {
        if (blocked) {
            blocked = false;
            freeAt.add(time.now());
        }
    }

    /** Whether the route was blocked a little before, then, or a little later. */
    boolean wasBlockedAround(Instant at) {
        for (int i = 0; i < blockedAt.size(); i++) {
            if (blockedAt.get(i).isBefore(at.plusSeconds(1)) && freeAt.get(i).isAfter(at.minusSeconds(1))) {
                return true;
            }
        }
        return false;
    }

    /** What is told by the time of day, by the time as it went on: the clock may have been set back. */
    private StreamGap steady(StreamGap gap) {
        Duration setBack = Duration.between(time.timeOfDay(), time.now());
        return gap == null
                ? null
                : new StreamGap(gap.from().plus(setBack), gap.to().plus(setBack), gap.reason(), gap.attempts());
    }

    @Override
    public boolean takesSeveral() {
        return takesSeveral;
    }

    @Override
    public boolean events(String environmentId, List<GitpodEvent> events, StreamGap told) {
        StreamGap gap = steady(told);
        String scope = HeldStreams.scope(environmentId);
        StreamGap expected = unreported.get(scope);
        // After a crash it may be told again, as part of a longer one.
        boolean right = unsure.contains(scope) && gap != null && expected != null
                ? gap.and(expected).from().equals(gap.from())
                        && gap.and(expected).to().equals(gap.to())
                : Objects.equals(gap, expected);
        if (!right) {
            faults.add(events + " of " + scope + " comes with " + gap + " and not with " + expected);
        }
        if (!takesSeveral && events.size() > 1) {
            faults.add(events.size() + " events at once");
        }
        for (GitpodEvent event : events) {
            if (event.synthetic()) {
                synthetic++;
            } else {
                String json = event.json().toString();
                delivered
                        .computeIfAbsent(scope, any -> new ArrayList<>())
                        .add(Integer.valueOf(json.substring(5, json.indexOf('}'))));
            }
        }
        if (blocked) {
            time.await(() -> !blocked);
        } else if (random.nextInt(4) == 0) {
            time.await(() -> false, Duration.ofMillis(random.nextInt(20)));
        }
        boolean taken = random.nextInt(10) > 0;
        if (taken) {
            unreported.remove(scope);
            unsure.remove(scope);
        }
        return taken;
    }

    @Override
    public void gap(String environmentId, StreamGap told) {
        StreamGap gap = steady(told);
        String scope = HeldStreams.scope(environmentId);
        gaps.computeIfAbsent(scope, any -> new ArrayList<>()).add(gap);
        unreported.merge(scope, gap, StreamGap::and);
    }

    @Override
    public void gapClosed(String environmentId, ClosedGap told) {
        ClosedGap gap = new ClosedGap(steady(told.gap()), told.relisted(), told.synthetic(), told.auditEntries());
        closed.computeIfAbsent(HeldStreams.scope(environmentId), any -> new ArrayList<>())
                .add(gap);
    }

    /**
     * What was not reported by the process before has to be by the next one.
     *
     * @param known   which scopes the next one knows of
     * @param crashed whether it may know less than the process before
     */
    void newProcess(Predicate<String> known, boolean crashed) {
        unreported.keySet().removeIf(known.negate());
        if (crashed) {
            unsure.addAll(gaps.keySet());
        }
    }

    List<Integer> delivered(String scope) {
        return delivered.getOrDefault(scope, List.of());
    }

    List<StreamGap> gaps(String scope) {
        return gaps.getOrDefault(scope, List.of());
    }

    List<ClosedGap> closed(String scope) {
        return closed.getOrDefault(scope, List.of());
    }
}
