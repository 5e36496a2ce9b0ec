package io.github.camelgitpod.documentation;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The URIs of a scheme in a text: a page, a program, a configuration. What a program puts in at run time is a placeholder. */
final class WrittenUris {
    /** A data type is named in the same way. */
    private static final String NO_DATA_TYPE = ":(?!application-)";

    private static final String REST = "(?://)?[A-Za-z][\\w-]*(?:\\?[^\"'`\\s<>|\\[\\]]+)?";
    private static final Pattern JOINED_TEXTS = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern JOINED_VALUE = Pattern.compile("\"\\s*\\+\\s*[\\w.()]+(?:\\s*\\+\\s*\")?");

    private WrittenUris() {}

    static Stream<String> in(String text, String scheme) {
        Pattern uri = Pattern.compile("(?<![\\w.-])" + scheme + NO_DATA_TYPE + REST);
        String joined = JOINED_TEXTS.matcher(text).replaceAll("");
        String filled = JOINED_VALUE.matcher(joined).replaceAll("{{value}}");
        return uri.matcher(filled).results().map(MatchResult::group).map(found -> found.replace("&amp;", "&"));
    }
}
