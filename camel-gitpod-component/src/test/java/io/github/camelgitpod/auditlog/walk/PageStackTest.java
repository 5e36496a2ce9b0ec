package io.github.camelgitpod.auditlog.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelgitpod.client.ListingGivenUpException;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PageStackTest {
    private static final int MOST_BYTES = 20_000;

    @TempDir
    Path directory;

    private PageStack stack;

    private PageStack stack() {
        stack = new PageStack(
                new ScriptedServer(query -> ScriptedServer.page(null)), new SpillDirectory(directory, MOST_BYTES));
        return stack;
    }

    @AfterEach
    void close() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void givesBackInTheOppositeOrderWhatIsHeldInMemoryAndInAFile() throws IOException {
        stack();
        List<List<AuditLogEntry>> pages =
                IntStream.range(0, 250).mapToObj(PageStackTest::page).toList();
        for (List<AuditLogEntry> page : pages) {
            stack.push(page);
        }

        List<List<AuditLogEntry>> popped = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            popped.add(0, stack.pop());
        }
        stack.push(pages.get(200));
        assertThat(stack.pop()).as("pushed again after some were taken").isEqualTo(pages.get(200));
        for (List<AuditLogEntry> page = stack.pop(); page != null; page = stack.pop()) {
            popped.add(0, page);
        }

        assertThat(popped).isEqualTo(pages);
    }

    /** A kill leaves behind what has a name. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void itsFileHasNoName() throws IOException {
        push(150);

        assertThat(directory).isEmptyDirectory();
        assertThat(TemporaryFiles.heldByThisProcess(directory))
                .asString()
                .startsWith(directory.toRealPath() + "/gitpod-audit-logs");

        stack.close();

        assertThat(TemporaryFiles.heldByThisProcess(directory)).isNull();
        assertThat(stack.pop()).isNull();
    }

    @Test
    void takesNoFileForAHundredPages() throws IOException {
        push(100);
        assertThat(TemporaryFiles.heldByThisProcess(directory)).isNull();

        stack.push(page(100));
        assertThat(TemporaryFiles.heldByThisProcess(directory)).isNotNull();
    }

    @Test
    void aFileHasABound() {
        assertThatExceptionOfType(ListingGivenUpException.class)
                .isThrownBy(() -> push(1_000))
                .withMessageContainingAll("ListAuditLogs", "more than 20000 bytes in " + directory, "begin later");
    }

    @Test
    void whatWasTakenMakesRoom() throws IOException {
        push(200);
        for (int i = 0; i < 1_000; i++) {
            stack.push(page(i));
            stack.pop();
        }
    }

    @Test
    void whereThereIsNoSuchDirectoryTemporaryFilesAreTheirs() throws IOException {
        assertThat(new SpillDirectory(directory.resolve("no"), 1).path())
                .isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
        assertThat(SpillDirectory.in(null).path()).isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
    }

    @Test
    void whatWasLeftBehindIsRemoved() throws IOException {
        Path left = Files.createTempFile(directory, "gitpod-audit-logs", ".pages");
        Path inUse = Files.createTempFile(directory, "gitpod-audit-logs", ".pages");
        Path other = Files.createTempFile(directory, "other", ".pages");
        for (Path file : List.of(left, other)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        }

        SpillDirectory.in(directory).clean();

        assertThat(directory.toFile().list())
                .containsExactlyInAnyOrder(
                        inUse.getFileName().toString(), other.getFileName().toString());
    }

    private void push(int pages) throws IOException {
        stack();
        for (int i = 0; i < pages; i++) {
            stack.push(page(i));
        }
    }

    private static List<AuditLogEntry> page(int number) {
        return IntStream.range(0, number % 3 + 1)
                .mapToObj(i -> EntryMaker.parse("{\"id\":\"%d of %d\",\"createdAt\":\"%s\"}"
                        .formatted(i, number, EntryMaker.ZERO.plusSeconds(number))))
                .toList();
    }
}
