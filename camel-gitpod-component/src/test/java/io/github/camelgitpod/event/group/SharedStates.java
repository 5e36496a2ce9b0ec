package io.github.camelgitpod.event.group;

import io.github.camelgitpod.state.OvertakenException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.spi.StateRepository;

/**
 * A repository as each of several machines sees it, and who of them owns what is there: whoever saved positions last. Who was
 * overtaken must save nothing over what the owner has saved, neither positions nor resources.
 */
final class SharedStates {
    static final String POSITIONS = "positions";

    final List<String> faults = new ArrayList<>();
    private final boolean comparesAndSets;
    private final Map<String, String> stored = new HashMap<>();
    private final Map<String, Integer> saves = new HashMap<>();
    /** What the owner has saved since it is the owner. */
    private final Set<String> savedByOwner = new HashSet<>();

    private View owner;

    /** @param comparesAndSets whether it refuses who has not read what is stored */
    SharedStates(boolean comparesAndSets) {
        this.comparesAndSets = comparesAndSets;
    }

    boolean has(String key) {
        return stored.containsKey(key);
    }

    /** What one process sees. */
    final class View implements StateRepository<String, String> {
        private final Map<String, Integer> known = new HashMap<>();
        private final Runnable meanwhile;
        /** Until its first save of positions, which makes it the owner. */
        private boolean goesOn = true;

        private boolean dead;

        /** @param meanwhile what another process does between a look and a save */
        View(Runnable meanwhile) {
            this.meanwhile = meanwhile;
        }

        /** Its process was killed. */
        void dies() {
            dead = true;
        }

        boolean isOwner() {
            return owner == this;
        }

        @Override
        public String getState(String key) {
            known.put(key, saves.getOrDefault(key, 0));
            return stored.get(key);
        }

        @Override
        public void setState(String key, String text) {
            if (dead) {
                throw new IllegalStateException("killed");
            }
            if (comparesAndSets) {
                meanwhile.run();
                if (known.getOrDefault(key, 0) < saves.getOrDefault(key, 0)) {
                    throw new OvertakenException("Generation " + known.get(key) + " of " + key);
                }
            }
            own(key);
            known.put(key, saves.merge(key, 1, Integer::sum));
            stored.put(key, text);
        }

        private void own(String key) {
            if (key.equals(POSITIONS) && owner != this && goesOn) {
                owner = this;
                goesOn = false;
                savedByOwner.clear();
            }
            if (owner == this) {
                savedByOwner.add(key);
            } else if (savedByOwner.contains(key)) {
                faults.add(key + " went back to what an overtaken process had");
            }
        }

        @Override
        public void start() {
            // There is nothing to start.
        }

        @Override
        public void stop() {
            // Nor to stop.
        }
    }
}
