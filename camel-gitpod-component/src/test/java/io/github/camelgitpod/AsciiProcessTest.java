package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.model.JsonBacked;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.testing.Bodies;
import io.github.camelgitpod.testing.GitpodTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In a process whose charset is ASCII, as with {@code LC_ALL=C} before Java 18, text stays what it is. */
class AsciiProcessTest {

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    @Test
    void filesHaveEveryLetterOfEveryBody() throws Exception {
        Entry entry =
                gitpod.simulator().auditLog().add(Entry.at(GitpodTest.HOUR_AGO).withAction("gelöscht → 😀"));
        Path files = gitpod.directory();

        assertThat(write(files)).isEqualTo("US-ASCII");

        assertThat(files.resolve("read")).usingCharset(StandardCharsets.UTF_8).hasContent(entry.json());
        assertThat(Bodies.all()).allSatisfy(body -> assertThat(file(files, body))
                .hasBinaryContent(body.json().toByteArray()));
    }

    private static Path file(Path files, JsonBacked body) {
        return files.resolve(body.getClass().getSimpleName());
    }

    /** The last line that the process prints. */
    private String write(Path files) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=US-ASCII",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                AsciiProcess.class.getName(),
                files.toString());
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("GITPOD_BASE_URL", gitpod.simulator().baseUrl());
        builder.environment().put("GITPOD_API_KEY", gitpod.simulator().accessToken());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).as("exit code; it said %s", said).isZero();
        return said.lines().reduce((one, last) -> last).orElse("");
    }
}
