package io.github.camelgitpod.state.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The states of one repository. Each that is saved has a producer, with a thread and a connection: the parts of a cursor would
 * have one each for ever, though a part is written once in a while. So who was not saved for long gives it back, and takes a
 * new one with its next save. Counted in saves and not in time: a consumer that only waits needs few. Safe for use by several
 * threads.
 */
final class OpenStates {
    /** Of a cursor that is saved as often as it can be, about every tenth save is of a part. */
    private static final int LONG = 64;

    private final Function<String, FencedState> made;
    private final Map<String, FencedState> states = new ConcurrentHashMap<>();
    /** At which save it was used last, the one that was used longest ago first. */
    private final Map<String, Long> usedAt = new LinkedHashMap<>();

    private long saves;

    /** @param made the state of a key */
    OpenStates(Function<String, FencedState> made) {
        this.made = made;
    }

    String read(String key) {
        FencedState state = of(key);
        used(key, 0);
        return state.read();
    }

    void save(String key, String text) {
        FencedState state = of(key);
        used(key, 1).forEach(idle -> idle.close(Duration.ZERO));
        state.save(text);
    }

    private FencedState of(String key) {
        return states.computeIfAbsent(key, made);
    }

    /** Those that were not used for long. */
    private synchronized List<FencedState> used(String key, int more) {
        saves += more;
        usedAt.remove(key);
        usedAt.put(key, saves);
        List<FencedState> idle = new ArrayList<>();
        Iterator<Map.Entry<String, Long>> eldest = usedAt.entrySet().iterator();
        for (Map.Entry<String, Long> entry = eldest.next();
                more > 0 && saves - entry.getValue() > LONG;
                entry = eldest.next()) {
            idle.add(states.get(entry.getKey()));
            eldest.remove();
        }
        return idle;
    }

    /** @param patience for what is on its way */
    void close(Duration patience) {
        states.values().forEach(state -> state.close(patience));
    }
}
