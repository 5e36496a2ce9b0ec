package io.github.camelgitpod.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Java that the documentation shows as part of a class of this build is a part of it, to the letter. */
class DocumentedTestsTest {
    private static final Path ROOT = Path.of("../..");

    @TestFactory
    Stream<DynamicTest> shownCodeIsThatOfTheClassItNames() {
        List<Map.Entry<String, String>> blocks = WrittenRoutes.javaOfThisBuild().toList();
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(3);
        return blocks.stream()
                .map(block -> DynamicTest.dynamicTest(
                        block.getKey(), () -> assertThat(source(block.getKey())).contains(block.getValue())));
    }

    private static String source(String className) throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT, 20, (file, attributes) -> file.getFileName().toString().equals(className + ".java"))) {
            return Files.readString(files.findFirst().orElseThrow());
        }
    }
}
