package io.github.camelgitpod.examples.forwarder.evidence;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an export asked for.
 *
 * @param from    inclusive, as it was given: a time, or beginning
 * @param to      exclusive, as it was given
 * @param filter  values by the names of the settings; empty: everything
 * @param form    own: each line is an entry's own text
 * @param details the setting includeDetails
 */
record Export(String from, String to, Map<String, String> filter, String form, String details) {
    private static final List<String> FILTER =
            List.of("actorIds", "actorPrincipals", "kinds", "subjectIds", "subjectTypes");

    /**
     * As the settings say.
     *
     * @throws IllegalArgumentException if a time is another one tomorrow
     */
    static Export of(Map<String, String> settings) {
        for (String name : List.of("from", "to")) {
            String time = settings.get(name);
            if (!time.matches("beginning|\\d{4}-.+")) {
                throw new IllegalArgumentException(
                        "--%s=%s; allowed with --manifest: a time, such as 2026-01-01, which is the same for who checks"
                                .formatted(name, time));
            }
        }
        Map<String, String> filter = new TreeMap<>(settings);
        filter.keySet().retainAll(FILTER);
        return new Export(
                settings.get("from"), settings.get("to"), filter, settings.get("form"), settings.get("includeDetails"));
    }
}
