package io.github.camelgitpod.option;

import java.util.Collection;
import java.util.stream.Collectors;

/** What is said of options that there are not. Without values: one may be the token, under a wrong name. */
public final class UnknownOptions {
    private UnknownOptions() {}

    /**
     * @param names     of options that there are not
     * @param known     the names that there are
     * @param mayBePieces whether a name may be a piece of the token: then only one that is a misspelt one is shown
     */
    public static OptionException error(Collection<String> names, Collection<String> known, boolean mayBePieces) {
        boolean hidden = mayBePieces && !names.stream().allMatch(name -> NearestNames.isMisspelt(name, known));
        String shown = hidden ? "(not shown: it may be a piece of accessToken)" : String.join(", ", names);
        return OptionErrors.withoutValue(
                shown,
                names.size() == 1 || hidden ? "is unknown" : "are unknown",
                (hidden ? "accessToken=RAW(token) where the token has an &; " : "")
                        + "the options of the documentation; nearest: "
                        + names.stream()
                                .map(name -> NearestNames.of(name, known))
                                .collect(Collectors.joining("; ")));
    }
}
