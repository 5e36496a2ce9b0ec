package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is committed below src/generated is what the build generates. */
@Tag("source-tree")
class GeneratedSourcesTest {

    @Test
    void committedSourcesAreThoseThatThisBuildGenerated() throws IOException {
        Map<String, String> committed = contents(Path.of("target/committed-generated"));
        Map<String, String> generated = contents(Path.of("src/generated"));

        assertThat(generated).isNotEmpty();
        assertThat(generated)
                .as("src/generated was out of date; this build has rewritten it: commit it")
                .isEqualTo(committed);
    }

    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(directory.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
