package io.github.camelgitpod.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rest of the repository uses of the simulator what users can use, and not how it works. */
class SimulatorApiTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern INTERNAL =
            Pattern.compile("io\\.github\\.camelgitpod\\.simulator\\.(?!spring\\b)[a-z]+\\.");

    @Test
    void nothingOutsideDependsOnItsInternalPackages() throws IOException {
        try (Stream<Path> files = Files.find(ROOT, 20, (file, attributes) -> isOutside(WrittenFiles.name(file)))) {
            List<Path> all = files.toList();

            assertThat(all).hasSizeGreaterThan(100);
            assertThat(all)
                    .noneMatch(file -> INTERNAL.matcher(WrittenFiles.read(file)).find());
        }
    }

    private static boolean isOutside(String file) {
        return file.endsWith(".java") && !file.startsWith("camel-gitpod-simulator/") && !file.contains("/target/");
    }
}
