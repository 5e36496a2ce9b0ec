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
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The route: keeps what it gets, and finds fault with what contradicts itself. */
final class StreamRoute implements EventSink {
    final Map<String, List<Integer>> delivered = new HashMap<>();
    final Map<String, List<StreamGap>> gaps = new HashMap<>();
    final Map<String, List<ClosedGap>> closed = new HashMap<>();
    final List<String> faults = new ArrayList<>();
    /** What was told of environments themselves. */
    final List<Told> told = new ArrayList<>();
    /** Another process goes on where this one was, or has ended it: what it did not close, that one does. */
    boolean isOver;
    /** Its process was killed: nothing that it still does is seen by anybody. */
    boolean isDead;

    /** Whether another process goes on with the state of its own. */
    BooleanSupplier isStale = () -> false;

    int synthetic;

    private boolean blocked;
    private boolean asleep;
    private final List<Instant> hinderedAt = new ArrayList<>();
    private final List<Instant> freeAt = new ArrayList<>();
    private final VirtualTime time;
    private final Random random;
    private final boolean takesSeveral;
    /** What the next event of a stream has to come with. */
    private final Map<String, StreamGap> unreported = new HashMap<>();
    /** Of which streams that may be more. */
    private final Set<String> unsure = new HashSet<>();
    /** Whether what another process had to report comes with the first event of each stream. */
    private boolean inherits;

    private final Set<String> inherited = new HashSet<>();

    /**
     * @param at    when the route was told
     * @param stale whether another process went on by then
     */
    record Told(Instant at, String operation, String id, boolean stale) {}

    StreamRoute(VirtualTime time, Random random, boolean takesSeveral) {
        this.time = time;
        this.random = random;
        this.takesSeveral = takesSeveral;
    }

    void block() {
        blocked = true;
        note();
    }

    void free() {
        blocked = false;
        note();
    }

    void fallsAsleep() {
        asleep = true;
        note();
    }

    void wakes() {
        asleep = false;
        note();
    }

    private void note() {
        boolean isHindered = blocked || asleep;
        if (isHindered && hinderedAt.size() == freeAt.size()) {
            hinderedAt.add(time.now());
        } else if (!isHindered && hinderedAt.size() > freeAt.size()) {
            freeAt.add(time.now());
        }
    }

    /** Whether the route was blocked, or the process slept, a little before, then, or a little later. */
    boolean wasHinderedAround(Instant at) {
        for (int i = 0; i < hinderedAt.size(); i++) {
            if (hinderedAt.get(i).isBefore(at.plusSeconds(1))
                    && (i == freeAt.size() || freeAt.get(i).isAfter(at.minusSeconds(1)))) {
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
    public boolean events(String environmentId, List<GitpodEvent> events, StreamGap reported) {
        if (isDead) {
            return false;
        }
        StreamGap gap = steady(reported);
        String scope = HeldStreams.scope(environmentId);
        StreamGap expected = unreported.get(scope);
        // After a crash it may be told again, as part of a longer one.
        boolean mayBeMore = unsure.contains(scope) || inherits && !inherited.contains(scope);
        boolean right = mayBeMore && gap != null && expected != null
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
            if (environmentId == null && EnvironmentStreams.isOfEnvironment(event)) {
                told.add(new Told(time.now(), event.operation(), event.resourceId(), isStale.getAsBoolean()));
            }
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
            inherited.add(scope);
        }
        return taken;
    }

    @Override
    public void gap(String environmentId, StreamGap reported) {
        if (isDead) {
            return;
        }
        StreamGap gap = steady(reported);
        String scope = HeldStreams.scope(environmentId);
        gaps.computeIfAbsent(scope, any -> new ArrayList<>()).add(gap);
        unreported.merge(scope, gap, StreamGap::and);
    }

    @Override
    public void gapClosed(String environmentId, ClosedGap end) {
        if (isDead) {
            return;
        }
        ClosedGap gap = new ClosedGap(steady(end.gap()), end.relisted(), end.synthetic(), end.auditEntries());
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

    /** Its process goes on where another one was. */
    void inherits() {
        inherits = true;
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
