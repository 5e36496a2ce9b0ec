package io.github.camelgitpod.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The documentation site is built without a problem, and its checks find what they should: the tests are JavaScript, in
 * {@code src-docs/site}. Without Node.js they are skipped; where {@code CI=true} is set, that is a failure.
 */
class SiteTest {
    private static final Path SITE = Path.of("../../src-docs");

    @Test
    @Timeout(180)
    void theSiteIsBuiltAndItsChecksFindMistakes(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("npm.txt");
        assumeTrue(
                Boolean.parseBoolean(System.getenv("CI")) || runs(List.of("npm", "--version"), output),
                "Skipped: the documentation site needs Node.js and npm");

        boolean passed = runs(List.of("npm", "test"), output);

        assertThat(passed).as(Files.readString(output)).isTrue();
    }

    private static boolean runs(List<String> command, Path output) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(SITE.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                return process.waitFor(150, TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
            }
        } catch (IOException e) {
            // No such command.
            return false;
        }
    }
}
