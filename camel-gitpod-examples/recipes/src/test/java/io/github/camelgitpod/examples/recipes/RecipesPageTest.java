package io.github.camelgitpod.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page shows each recipe, to the letter, and no other. */
class RecipesPageTest {
    private static final Path PAGE = Path.of("../../src-docs/modules/ROOT/pages/recipes.adoc");
    private static final Path RECIPES = Path.of("src/main/resources/recipes");
    private static final Pattern BLOCK = Pattern.compile(
            "\\n\\.([\\w-]+\\.camel\\.yaml)\\n\\[source,yaml\\]\\n----\\n(.*?\\n)----\\n", Pattern.DOTALL);

    @Test
    void thePageShowsTheFiles() throws IOException {
        Map<String, String> shown = BLOCK.matcher(Files.readString(PAGE))
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2), (a, b) -> a, TreeMap::new));

        assertThat(shown).isNotEmpty().isEqualTo(files());
    }

    private static Map<String, String> files() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(RECIPES)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
