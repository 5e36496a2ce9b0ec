package io.github.camelgitpod.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests that a page names are there, and what it shows as part of a class is a part of that class, to the letter. */
class DocumentedTestsTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern COMMAND = Pattern.compile("-Dtest=([\\w+,]+)");
    private static final Pattern SCENARIO = Pattern.compile("\\|(T\\d+(?:, T\\d+)*) \\|[^\\n|]*\\|([^\\n]*)");
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

    /** Maven would not notice: with failIfNoSpecifiedTests=false, no test is a success. */
    @Test
    void testsThatCommandsRunAreThere() throws IOException {
        Set<String> named = WrittenFiles.documentation().stream()
                .flatMap(page -> COMMAND.matcher(WrittenFiles.read(page)).results())
                .flatMap(command -> Stream.of(command.group(1).split("[+,]")))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(testClasses().keySet()).containsAll(named);
    }

    @Test
    void theTagOfAScenarioFindsTests() throws IOException {
        Path page = ROOT.resolve("src-docs/modules/ROOT/pages/reliability.adoc");
        Map<String, Path> tests = testClasses();
        List<MatchResult> scenarios =
                SCENARIO.matcher(Files.readString(page)).results().toList();

        assertThat(scenarios).hasSizeGreaterThan(20);
        for (MatchResult scenario : scenarios) {
            String code = Stream.of(scenario.group(2).split("[^\\w]+"))
                    .filter(tests::containsKey)
                    .map(name -> WrittenFiles.read(tests.get(name)))
                    .collect(Collectors.joining());
            for (String number : scenario.group(1).split(", ")) {
                assertThat(code).contains("@Tag(\"" + number + "\")");
            }
        }
    }

    /** By their names, of which no two are the same: a command would run both. */
    private static Map<String, Path> testClasses() throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT, 20, (file, attributes) -> WrittenFiles.name(file).matches(".*/src/test/java/.*Test\\.java"))) {
            return files.collect(
                    Collectors.toMap(file -> file.getFileName().toString().replace(".java", ""), file -> file));
        }
    }

    private static String source(String className) throws IOException {
        try (Stream<Path> files = Files.find(ROOT, 20, (file, attributes) -> file.endsWith(className + ".java"))) {
            return Files.readString(files.findFirst().orElseThrow());
        }
    }
}
