package io.github.camelgitpod.state;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FenceTest {
    private static final String KEY = "audit";

    @TempDir
    Path directory;

    /** As of two Camel contexts in one process, which do not know of each other. */
    @Test
    void twoConsumersOfOneRepositoryOfFilesDoNotWriteOverEachOther() throws Exception {
        try (CrashSafeFileStateRepository files = new CrashSafeFileStateRepository(directory)) {
            files.start();
            Fence one = new Fence(files, KEY);
            Fence other = new Fence(files, KEY);
            one.load();
            other.load();
            one.save(text(one, 1));

            assertThatThrownBy(other::verify).isInstanceOf(OvertakenException.class);
            assertThatCode(one::verify).doesNotThrowAnyException();
            one.save(text(one, 2));
            assertThatCode(one::verify).doesNotThrowAnyException();

            other.load();
            other.save(text(other, 3));
            assertThatThrownBy(one::verify).isInstanceOf(OvertakenException.class);
        }
    }

    private static String text(Fence of, int generation) {
        return "{\"owner\":\"%s\",\"generation\":%d}".formatted(of.owner(), generation);
    }
}
