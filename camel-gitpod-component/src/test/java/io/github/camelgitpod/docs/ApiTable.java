package io.github.camelgitpod.docs;

import io.github.camelgitpod.PublicApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of public classes on the page api-policy.adoc: each with the first sentence of its Javadoc. */
final class ApiTable {
    static final String START = "// public classes, generated: START\n";
    static final String END = "// public classes, generated: END\n";

    private static final Path SOURCES = Path.of("src/main/java/io/github/camelgitpod");
    private static final Pattern JAVADOC = Pattern.compile("(?s)/\\*\\*(.*?)\\*/");
    private static final Pattern FIRST_SENTENCE = Pattern.compile("(.*?)(?:\\.(?: |$)| <p>| @param)");

    private ApiTable() {}

    /**
     * The page with the table as it should be.
     *
     * @throws IllegalArgumentException when the page has no place for it
     */
    static String update(String page) throws IOException {
        int from = page.indexOf(START);
        int to = page.indexOf(END);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(
                    "The page has no lines '" + START.strip() + "' and '" + END.strip() + "'");
        }
        StringBuilder table = new StringBuilder("[cols=\"2,5\"]\n|===\n|Class |What it is\n\n");
        for (String name : PublicApi.names()) {
            Path source = SOURCES.resolve(name.replace('.', '/') + ".java");
            // The others are generated, for Camel.
            if (Files.exists(source)) {
                table.append("|`")
                        .append(name)
                        .append("` |")
                        .append(sentence(Files.readString(source)))
                        .append('\n');
            }
        }
        return page.substring(0, from + START.length()) + table.append("|===\n") + page.substring(to);
    }

    private static String sentence(String source) {
        Matcher javadoc = JAVADOC.matcher(source);
        if (!javadoc.find()) {
            throw new IllegalArgumentException("No Javadoc: " + source);
        }
        String words = javadoc.group(1).replaceAll("\\s*\\n\\s*\\*\\s?", " ").strip();
        Matcher first = FIRST_SENTENCE.matcher(words);
        return (first.find() ? first.group(1) : words)
                .replaceAll("\\{@(?:code|link) (?:#|\\w+#)?([^}]+)}", "`$1`")
                .replace("|", "\\|");
    }
}
