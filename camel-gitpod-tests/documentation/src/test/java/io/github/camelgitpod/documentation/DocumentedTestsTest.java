package io.github.camelgitpod.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a page shows as part of a class of this build is a part of that class, to the letter. */
class DocumentedTestsTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern SHOWN =
            Pattern.compile("\\.From (\\w+)[^\\n]*\\n\\[source,\\w+\\]\\n----\\n(.*?\\n)----\\n", Pattern.DOTALL);

    @TestFactory
    Stream<DynamicTest> shownCodeIsThatOfTheClassItNames() {
        List<MatchResult> blocks = WrittenFiles.documentation().stream()
                .flatMap(page -> SHOWN.matcher(WrittenFiles.read(page)).results())
                .toList();
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(4);
        return blocks.stream()
                .map(block -> DynamicTest.dynamicTest(
                        block.group(1), () -> assertThat(source(block.group(1))).contains(block.group(2))));
    }

    private static String source(String className) throws IOException {
        try (Stream<Path> files = Files.find(ROOT, 20, (file, attributes) -> file.endsWith(className + ".java"))) {
            return Files.readString(files.findFirst().orElseThrow());
        }
    }
}
