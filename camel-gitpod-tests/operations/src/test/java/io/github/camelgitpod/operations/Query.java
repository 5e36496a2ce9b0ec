package io.github.camelgitpod.operations;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What an expression of PromQL names, as far as the alerts and the dashboard use the language.
 *
 * @param metrics the labels that are asked of each metric, by its name
 * @param grouped the labels by which is grouped or joined
 */
record Query(Map<String, Set<String>> metrics, Set<String> grouped) {
    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
    private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]|\\boffset +\\w+");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right) *\\(([^)]*)\\)");
    private static final Pattern LABEL = Pattern.compile("(\\w+) *(?:=~|!~|!=|=)");
    /** A name that is not a function's, with what is asked of its labels. */
    private static final Pattern SELECTOR = Pattern.compile("\\b([a-zA-Z_:][\\w:]*+)(?! *\\()(?:\\{([^}]*)})?");

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool");

    static Query parse(String expression) {
        Set<String> grouped = new TreeSet<>();
        String rest = RANGE.matcher(TEXT.matcher(expression).replaceAll("\"\"")).replaceAll("");
        GROUPING.matcher(rest)
                .results()
                .flatMap(grouping ->
                        Pattern.compile("\\w+").matcher(grouping.group(1)).results())
                .map(MatchResult::group)
                .forEach(grouped::add);
        Map<String, Set<String>> metrics = new TreeMap<>();
        SELECTOR.matcher(GROUPING.matcher(rest).replaceAll(""))
                .results()
                .filter(selector -> !WORDS.contains(selector.group(1)))
                .forEach(selector -> {
                    Set<String> labels = metrics.computeIfAbsent(selector.group(1), any -> new TreeSet<>());
                    if (selector.group(2) != null) {
                        LABEL.matcher(selector.group(2)).results().forEach(label -> labels.add(label.group(1)));
                    }
                });
        return new Query(metrics, grouped);
    }
}
