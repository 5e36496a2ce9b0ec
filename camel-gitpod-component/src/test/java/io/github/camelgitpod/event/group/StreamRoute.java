package io.github.camelgitpod.event.group;

import io.github.camelgitpod.event.stream.VirtualTime;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

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
    /** What the next event of a stream has to come with. */
    private final Map<String, StreamGap> unreported = new HashMap<>();

    StreamRoute(VirtualTime time, Random random) {
        this.time = time;
        this.random = random;
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

    @Override
    public boolean event(String environmentId, GitpodEvent event, StreamGap gap) {
        String scope = HeldStreams.scope(environmentId);
        if (!Objects.equals(gap, unreported.get(scope))) {
            faults.add(event + " of " + scope + " comes with " + gap + " and not with " + unreported.get(scope));
        }
        if (event.synthetic()) {
            synthetic++;
        } else {
            String json = event.json().toString();
            delivered
                    .computeIfAbsent(scope, any -> new ArrayList<>())
                    .add(Integer.valueOf(json.substring(5, json.indexOf('}'))));
        }
        if (blocked) {
            time.await(() -> !blocked);
        } else if (random.nextInt(4) == 0) {
            time.await(() -> false, Duration.ofMillis(random.nextInt(20)));
        }
        boolean taken = random.nextInt(10) > 0;
        if (taken) {
            unreported.remove(scope);
        }
        return taken;
    }

    @Override
    public void gap(String environmentId, StreamGap gap) {
        String scope = HeldStreams.scope(environmentId);
        gaps.computeIfAbsent(scope, any -> new ArrayList<>()).add(gap);
        unreported.merge(scope, gap, StreamGap::and);
    }

    @Override
    public void gapClosed(String environmentId, ClosedGap gap) {
        closed.computeIfAbsent(HeldStreams.scope(environmentId), any -> new ArrayList<>())
                .add(gap);
    }

    /** What was not reported by the process before is in the gap of its end. */
    void newProcess() {
        unreported.clear();
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
