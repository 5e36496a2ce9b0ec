package io.github.camelgitpod.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that users read and copy from. */
final class WrittenFiles {
    private static final Path ROOT = Path.of("../..");
    private static final Path KAMELETS = ROOT.resolve("camel-gitpod-component/src/main/resources/kamelets");
    private static final Path EXAMPLES = ROOT.resolve("camel-gitpod-examples");
    private static final Set<String> TEXTS = Set.of("java", "yaml", "yml", "xml", "properties", "adoc", "md");

    private WrittenFiles() {}

    /** The README, CONTRIBUTING and the pages. */
    static List<Path> documentation() {
        return Stream.concat(
                        Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
                        below(ROOT.resolve("src-docs")))
                .toList();
    }

    /** The documentation, the Kamelets and the examples, with their tests. */
    static List<Path> all() {
        return Stream.of(documentation().stream(), below(KAMELETS), below(EXAMPLES))
                .flatMap(files -> files)
                .toList();
    }

    /** The name of a file as seen from the top of the checkout. */
    static String name(Path file) {
        return ROOT.relativize(file).toString();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blocks of source in this language that a page has. */
    static Stream<String> blocks(String page, String language) {
        Pattern markdown = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL);
        Pattern asciidoc = Pattern.compile("\\[source," + language + "\\]\n----\n(.*?)\n----\n", Pattern.DOTALL);
        return Stream.of(markdown, asciidoc)
                .flatMap(pattern -> pattern.matcher(page).results().map(match -> match.group(1)));
    }

    private static Stream<Path> below(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> TEXTS.contains(extension(file)))
                    .filter(file -> !name(file).matches(".*/(target|node_modules)/.*"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
