package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each package says what lives there, where to begin, and whether it is for users. */
@Tag("source-tree")
class PackageInfoTest {
    private static final Path SOURCES = Path.of("src/main/java");

    @Test
    void whatIsNotForUsersSaysSo() throws IOException {
        Set<String> silent = new TreeSet<>();
        for (Path room : packages()) {
            String name = SOURCES.relativize(room).toString().replace('/', '.');
            if (!ArchitectureTest.API_PACKAGES.contains(name) && !info(room).matches("(?is).*\\binternal\\b.*")) {
                silent.add(name);
            }
        }
        assertThat(silent)
                .as("packages whose package-info does not say that they are internal")
                .isEmpty();
    }

    @Test
    void eachSaysWhereToBegin() throws IOException {
        for (Path room : packages()) {
            assertThat(info(room)).as("package-info of %s", room).contains("Begin with");
        }
    }

    private static Set<Path> packages() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Set<Path> packages = new TreeSet<>();
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> packages.add(file.getParent()));
            assertThat(packages).hasSizeGreaterThan(10);
            return packages;
        }
    }

    private static String info(Path room) throws IOException {
        Path info = room.resolve("package-info.java");
        return Files.exists(info) ? Files.readString(info).replaceAll("\\s+\\*?\\s*", " ") : "";
    }
}
