package io.github.camelgitpod.auditlog.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageStackTest {
    private final PageStack stack = new PageStack(new ScriptedServer(query -> ScriptedServer.page(null)));

    @Test
    void givesBackInTheOppositeOrderWhatIsHeldInMemoryAndInAFile() throws IOException {
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
        stack.close();
    }

    @Test
    void leavesNoFileBehindAndNoPage() throws IOException {
        TemporaryFiles files = new TemporaryFiles();
        for (int i = 0; i < 150; i++) {
            stack.push(page(i));
        }
        Set<Path> added = files.added();
        assertThat(added).isNotEmpty();

        stack.close();

        assertThat(added).anySatisfy(file -> assertThat(file).doesNotExist());
        assertThat(stack.pop()).isNull();
    }

    @Test
    void takesNoFileForAHundredPages() throws IOException {
        TemporaryFiles files = new TemporaryFiles();
        for (int i = 0; i < 100; i++) {
            stack.push(page(i));
        }
        files.awaitNone();

        stack.push(page(100));
        Path file = files.heldByThisProcess();
        assertThat(file).isNotEmptyFile();

        stack.pop();
        assertThat(file).isEmptyFile();
        stack.close();
        assertThat(files.heldByThisProcess()).isNull();
    }

    private static List<AuditLogEntry> page(int number) {
        return IntStream.range(0, number % 3 + 1)
                .mapToObj(i -> EntryMaker.parse("{\"id\":\"%d of %d\",\"createdAt\":\"%s\"}"
                        .formatted(i, number, EntryMaker.ZERO.plusSeconds(number))))
                .toList();
    }
}
