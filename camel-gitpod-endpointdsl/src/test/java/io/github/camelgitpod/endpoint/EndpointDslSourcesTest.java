package io.github.camelgitpod.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is committed below src/generated is what the build generates of the component's options. */
class EndpointDslSourcesTest {
    private static final Path COMMITTED = Path.of("target/committed-generated");
    private static final Path GENERATED = Path.of("src/generated");

    @Test
    void committedSourcesAreThoseThatThisBuildGenerated() throws IOException {
        List<Path> files = files(GENERATED);

        assertThat(files).isNotEmpty().isEqualTo(files(COMMITTED)).allSatisfy(file -> assertThat(
                        Files.readString(GENERATED.resolve(file)))
                .as("src/generated was out of date; this build has rewritten it: commit it")
                .isEqualTo(Files.readString(COMMITTED.resolve(file))));
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(directory::relativize)
                    .sorted()
                    .toList();
        }
    }
}
