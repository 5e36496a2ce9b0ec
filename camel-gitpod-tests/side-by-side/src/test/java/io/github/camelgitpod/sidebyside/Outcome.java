package io.github.camelgitpod.sidebyside;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What became of the organization's entries on the way to one file.
 *
 * @param lost     entries that the server had and the file has not
 * @param lostLate of these, those that had become visible late
 * @param doubled  lines that the file has more than entries
 */
record Outcome(String name, int had, int arrived, int lost, int lostLate, int doubled, int kills) {

    static Outcome of(Contender contender, Collection<String> had, Set<String> late) throws IOException {
        List<String> lines = contender.arrived();
        Set<String> arrived = new HashSet<>(lines);
        Set<String> lost = new HashSet<>(had);
        lost.removeAll(arrived);
        int lostLate = (int) lost.stream().filter(late::contains).count();
        return new Outcome(
                contender.name(),
                had.size(),
                arrived.size(),
                lost.size(),
                lostLate,
                lines.size() - arrived.size(),
                contender.kills());
    }

    static String table(Outcome... rows) {
        StringBuilder table = new StringBuilder(String.format(
                "%-18s %8s %8s %8s %12s %8s %6s%n", "", "had", "arrived", "lost", "late ones", "doubled", "kills"));
        for (Outcome row : rows) {
            table.append(String.format(
                    "%-18s %8d %8d %8d %12d %8d %6d%n",
                    row.name, row.had, row.arrived, row.lost, row.lostLate, row.doubled, row.kills));
        }
        return table.toString();
    }
}
