package io.github.camelgitpod.examples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The routes and URIs that the README and the documentation show. */
final class WrittenRoutes {
    private static final Path README = Path.of("../../README.md");
    private static final Path PAGES = Path.of("../../src-docs/modules/ROOT/pages");
    private static final Pattern URI = Pattern.compile("gitpod:(?:auditLogs|events)(?:\\?[^\"'`\\s<>|\\[\\]]+)?");

    private WrittenRoutes() {}

    /** All URIs of the component, wherever they are written. */
    static Stream<String> uris() {
        return files().flatMap(file -> matches(URI, read(file)).map(MatchResult::group))
                .map(uri -> uri.replace("&amp;", "&"))
                .distinct();
    }

    /** The blocks of YAML or XML that hold routes. */
    static Stream<String> blocks(String language) {
        Pattern markdown = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL);
        Pattern asciidoc = Pattern.compile("\\[source," + language + "\\]\n----\n(.*?)\n----\n", Pattern.DOTALL);
        return files().flatMap(file -> Stream.of(markdown, asciidoc)
                        .flatMap(pattern -> matches(pattern, read(file)).map(match -> match.group(1))))
                .filter(block -> block.contains("route") && block.contains("gitpod:"));
    }

    /** The blocks of Java whose title says which class of this build they are from, by its name. */
    static Stream<Map.Entry<String, String>> javaOfThisBuild() {
        Pattern titled =
                Pattern.compile("\\.From (\\w+)[^\n]*\n\\[source,java\\]\n----\n(.*?\n)----\n", Pattern.DOTALL);
        return files().flatMap(file -> matches(titled, read(file)))
                .map(match -> Map.entry(match.group(1), match.group(2)));
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    private static Stream<Path> files() {
        try (Stream<Path> pages = Files.list(PAGES)) {
            List<Path> sorted = pages.sorted().toList();
            return Stream.concat(Stream.of(README), sorted.stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
