package io.github.camelgitpod.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody may have meant. */
public final class NearestNames {
    private static final int SUGGESTIONS = 3;

    private NearestNames() {}

    /** The known names that are nearest to a wrong one, whatever their case is, for a message. */
    public static String of(String wrong, Collection<String> known) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        String written = wrong.toLowerCase(Locale.ROOT);
        return known.stream()
                .sorted(Comparator.comparing((String name) -> distance.apply(name.toLowerCase(Locale.ROOT), written))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SUGGESTIONS)
                .collect(Collectors.joining(", "));
    }
}
