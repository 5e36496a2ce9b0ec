package io.github.camelgitpod.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What somebody may have meant. */
public final class NearestNames {
    private static final int SUGGESTIONS = 3;

    /** As many letters may be wrong in a misspelt name; a name with more is rather an abbreviation, or another word. */
    private static final int TYPOS = 2;

    /** A shorter part is in many names by chance. */
    private static final int SHORTEST_PART = 3;
    /** A shorter word is near to many names by chance. */
    private static final int SHORTEST_WORD = 4;

    private NearestNames() {}

    /** The known names that are nearest to a wrong one, whatever their case is, for a message. */
    public static String of(String wrong, Collection<String> known) {
        String written = wrong.toLowerCase(Locale.ROOT);
        return known.stream()
                .sorted(Comparator.comparing((String name) -> !isClose(name, written))
                        .thenComparing(name -> distance(name, written))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SUGGESTIONS)
                .collect(Collectors.joining(", "));
    }

    /** Whether it is clearly meant to be one of the known names. */
    static boolean isMisspelt(String wrong, Collection<String> known) {
        String written = wrong.toLowerCase(Locale.ROOT);
        return written.length() >= SHORTEST_WORD && known.stream().anyMatch(name -> isClose(name, written));
    }

    /** Misspelt, or a part of the name: {@code env}, {@code stateDir}. */
    private static boolean isClose(String name, String written) {
        return distance(name, written) <= TYPOS
                || written.length() >= SHORTEST_PART
                        && name.toLowerCase(Locale.ROOT).contains(written);
    }

    /** How many letters have to be added, removed or changed (Levenshtein). A library for it would be a megabyte. */
    private static int distance(String name, String written) {
        String known = name.toLowerCase(Locale.ROOT);
        // From the letters of the one that were looked at to each beginning of the other.
        int[] distances = IntStream.rangeClosed(0, written.length()).toArray();
        for (int i = 0; i < known.length(); i++) {
            int diagonal = distances[0];
            distances[0] = i + 1;
            for (int j = 0; j < written.length(); j++) {
                int changed = diagonal + (known.charAt(i) == written.charAt(j) ? 0 : 1);
                diagonal = distances[j + 1];
                distances[j + 1] = Math.min(changed, 1 + Math.min(diagonal, distances[j]));
            }
        }
        return distances[written.length()];
    }
}
