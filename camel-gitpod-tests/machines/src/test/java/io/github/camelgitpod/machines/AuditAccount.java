package io.github.camelgitpod.machines;

import io.github.camelgitpod.machines.Saves.Save;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What became of the entries of the audit log.
 *
 * @param duplicates      deliveries beyond the first one of an entry
 * @param mostPerHandOver duplicates that one hand-over explains: what a process had delivered since its last save, when
 *     another one went on with the cursor
 * @param unexplained     duplicates of what had been saved, which nothing explains
 * @param handOvers       how often another process saved the cursor than the time before
 * @param back            how often a save moved the cursor back
 */
record AuditAccount(
        int entries,
        int lost,
        int duplicates,
        int mostPerHandOver,
        int unexplained,
        int saves,
        int handOvers,
        int back) {

    /** What a process delivered after a save of its own. */
    private record Batch(long pid, Instant savedAt) {}

    static AuditAccount of(Collection<String> had, Map<Long, List<Line>> lives, List<Save> saves) {
        Map<String, Integer> deliveries = new HashMap<>();
        lives.forEach((pid, lines) -> entries(lines).forEach(line -> deliveries.merge(line.what(), 1, Integer::sum)));
        TreeMap<Instant, Save> all = byTime(saves.stream());
        Map<String, Integer> saved = new HashMap<>();
        Map<Batch, Integer> repeated = new HashMap<>();
        lives.forEach((pid, lines) -> {
            TreeMap<Instant, Save> own = byTime(saves.stream().filter(save -> save.pid() == pid));
            entries(lines).forEach(line -> {
                Map.Entry<Instant, Save> next = all.higherEntry(line.time());
                if (next != null && next.getValue().pid() == pid) {
                    saved.merge(line.what(), 1, Integer::sum);
                } else if (deliveries.get(line.what()) > 1) {
                    repeated.merge(new Batch(pid, own.lowerKey(line.time())), 1, Integer::sum);
                }
            });
        });
        return new AuditAccount(
                had.size(),
                (int) had.stream().filter(id -> !deliveries.containsKey(id)).count(),
                beyondTheFirst(deliveries),
                repeated.values().stream().mapToInt(Integer::intValue).max().orElse(0),
                beyondTheFirst(saved),
                saves.size(),
                handOvers(saves),
                back(saves));
    }

    private static Stream<Line> entries(List<Line> lines) {
        return lines.stream().filter(line -> line.kind() == 'A');
    }

    private static TreeMap<Instant, Save> byTime(Stream<Save> saves) {
        TreeMap<Instant, Save> byTime = new TreeMap<>();
        saves.forEach(save -> byTime.put(save.at(), save));
        return byTime;
    }

    private static int beyondTheFirst(Map<String, Integer> times) {
        return times.values().stream().mapToInt(count -> count - 1).sum();
    }

    private static int handOvers(List<Save> saves) {
        int changes = 0;
        for (int i = 1; i < saves.size(); i++) {
            changes += saves.get(i).pid() == saves.get(i - 1).pid() ? 0 : 1;
        }
        return changes;
    }

    private static int back(List<Save> saves) {
        int back = 0;
        for (int i = 1; i < saves.size(); i++) {
            back += saves.get(i).position().isBefore(saves.get(i - 1).position()) ? 1 : 0;
        }
        return back;
    }
}
