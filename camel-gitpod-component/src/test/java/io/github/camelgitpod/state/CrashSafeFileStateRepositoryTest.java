package io.github.camelgitpod.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashSafeFileStateRepositoryTest {
    private static final String KEY = "audit/auditLogs";

    @TempDir
    Path directory;

    private CrashSafeFileStateRepository repository;

    @BeforeEach
    void open() {
        repository = new CrashSafeFileStateRepository(directory.resolve("state"));
        repository.start();
    }

    @Test
    void anotherProcessFindsWhatWasSavedLast() {
        repository.setState(KEY, "first");
        repository.setState(KEY, "zweite Ürsprüngliche\nZeile");

        assertThat(reopened().getState(KEY)).isEqualTo("zweite Ürsprüngliche\nZeile");
        assertThat(reopened().getState("another key")).isNull();
    }

    @Test
    void keysThatAreNoFileNamesAreKeptApart() {
        repository.setState("a/b", "1");
        repository.setState("a_b", "2");
        repository.setState("../a=b:c", "3");

        assertThat(repository.getState("a/b")).isEqualTo("1");
        assertThat(repository.getState("a_b")).isEqualTo("2");
        assertThat(repository.getState("../a=b:c")).isEqualTo("3");
        assertThat(directory.toFile().list()).containsExactly("state");
    }

    @Test
    void aFileThatIsCutAtAnyLengthIsNotTakenForAState() throws IOException {
        repository.setState(KEY, "the state before");
        repository.setState(KEY, "the state that is cut");
        Path current = file(".state");
        byte[] whole = Files.readAllBytes(current);

        for (int length = 0; length < whole.length; length++) {
            Files.write(current, Arrays.copyOf(whole, length));
            assertThat(reopened().getState(KEY))
                    .as("cut after %s bytes", length)
                    .isEqualTo("the state before");
        }
    }

    @Test
    void aFlippedByteIsNoticed() throws IOException {
        repository.setState(KEY, "the state before");
        repository.setState(KEY, "the state that is damaged");
        Path current = file(".state");
        byte[] content = Files.readAllBytes(current);
        content[content.length - 3] ^= 1;
        Files.write(current, content);

        assertThat(reopened().getState(KEY)).isEqualTo("the state before");
    }

    @Test
    void aCrashBetweenTheTwoRenamesLosesNothing() throws IOException {
        repository.setState(KEY, "old");
        repository.setState(KEY, "new");
        Files.move(file(".state"), file(".state.new"));

        assertThat(reopened().getState(KEY)).isEqualTo("new");
    }

    @Test
    void aCrashWhileWritingTheFirstStateIsAStartWithoutOne() throws IOException {
        Files.write(file(".state.new"), new byte[] {'c', 'a'});

        assertThat(reopened().getState(KEY)).isNull();
    }

    @Test
    void whenNothingIsWholeItSaysSoInsteadOfBeginningAnew() throws IOException {
        repository.setState(KEY, "old");
        repository.setState(KEY, "new");
        Files.write(file(".state"), new byte[0]);
        Files.write(file(".state.previous"), new byte[0]);

        assertThatThrownBy(() -> reopened().getState(KEY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(KEY)
                .hasMessageContaining("damaged");
    }

    @Test
    void aPlaceThatCannotBeADirectoryIsRefusedAtStart() throws IOException {
        Path file = Files.writeString(directory.resolve("a file"), "");

        assertThatThrownBy(new CrashSafeFileStateRepository(file.resolve("below"))::start)
                .hasMessageContaining("stateDirectory=" + file.resolve("below"));
    }

    private CrashSafeFileStateRepository reopened() {
        CrashSafeFileStateRepository reopened = new CrashSafeFileStateRepository(directory.resolve("state"));
        reopened.start();
        return reopened;
    }

    private Path file(String suffix) {
        return directory.resolve("state").resolve("audit%2FauditLogs" + suffix);
    }
}
