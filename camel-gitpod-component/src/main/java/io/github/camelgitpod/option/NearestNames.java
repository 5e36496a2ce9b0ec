package io.github.camelgitpod.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody may have meant. */
public final class NearestNames {
    private static final int SUGGESTIONS = 3;

    /** As many letters may be wrong in a misspelt name; a name with more is rather an abbreviation, or another word. */
    private static final int TYPOS = 2;

    /** A shorter part is in many names by chance. */
    private static final int SHORTEST_PART = 3;

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

    /** Misspelt, or a part of the name: {@code env}, {@code stateDir}. */
    private static boolean isClose(String name, String written) {
        return distance(name, written) <= TYPOS
                || written.length() >= SHORTEST_PART
                        && name.toLowerCase(Locale.ROOT).contains(written);
    }

    private static int distance(String name, String written) {
        return LevenshteinDistance.getDefaultInstance().apply(name.toLowerCase(Locale.ROOT), written);
    }
}
