package io.github.camelgitpod.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("T4")
class CrashSafeFileStateRepositoryTest {
    private static final String KEY = "audit/auditLogs";

    @TempDir
    Path directory;

    private final List<CrashSafeFileStateRepository> opened = new ArrayList<>();
    private CrashSafeFileStateRepository repository;

    @BeforeEach
    void open() {
        repository = reopened();
    }

    @AfterEach
    void close() {
        opened.forEach(CrashSafeFileStateRepository::stop);
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

    @Test
    void whereverASaveIsCutOffTheOldOrTheNewStateIsThere() {
        for (StateFile.Step step : StateFile.Step.values()) {
            Path place = directory.resolve(step.name());
            save(place, "old");
            crash(place, "new", step);

            assertThat(load(place)).as("after %s", step).isIn("old", "new");
            boolean begunToReplace = step.compareTo(StateFile.Step.TEMPORARY_FORCED) > 0;
            assertThat(load(place)).as("after %s", step).isEqualTo(begunToReplace ? "new" : "old");
            save(place, "next");
            assertThat(load(place)).as("after %s and the next save", step).isEqualTo("next");
        }
    }

    @Test
    void whereverTheFirstSaveIsCutOffThereIsTheStateOrNone() {
        for (StateFile.Step step : StateFile.Step.values()) {
            Path place = directory.resolve(step.name());
            crash(place, "first", step);

            assertThat(load(place)).as("after %s", step).isIn("first", null);
            save(place, "next");
            assertThat(load(place)).isEqualTo("next");
        }
    }

    @Test
    void crashAfterCrashNeverGoesBackBehindAStateThatWasRead() {
        for (List<StateFile.Step> steps : triples()) {
            Path place = directory.resolve(steps.toString().replaceAll("\\W+", "-"));
            save(place, "0");
            for (int i = 0; i < steps.size(); i++) {
                String before = load(place);
                String saved = String.valueOf(i + 1);
                crash(place, saved, steps.get(i));
                assertThat(load(place)).as("%s, crash %s", steps, i).isIn(before, saved);
            }
        }
    }

    /** What was written and not yet forced may be there in part, after the machine went down. */
    @Test
    void whatTheDiskHasOfAnUnforcedFileDoesNotMatter() throws IOException {
        for (StateFile.Step step : Set.of(StateFile.Step.TEMPORARY_CREATED, StateFile.Step.TEMPORARY_WRITTEN)) {
            Path place = directory.resolve(step.name());
            save(place, "old");
            crash(place, "new", step);
            byte[] written = Files.readAllBytes(place.resolve("audit%2FauditLogs.state.new"));
            for (int length = 0; length <= written.length; length++) {
                Files.write(place.resolve("audit%2FauditLogs.state.new"), Arrays.copyOf(written, length));
                assertThat(load(place)).as("%s, %s bytes", step, length).isEqualTo("old");
            }
        }
    }

    @Test
    void damageOfTheCurrentFileDoesNotReachTheOneBefore() throws IOException {
        save(directory.resolve("state"), "before");
        save(directory.resolve("state"), "damaged");
        for (StateFile.Step step : StateFile.Step.values()) {
            Files.write(file(".state"), new byte[3]);
            crash(directory.resolve("state"), "new", step);

            assertThat(load(directory.resolve("state"))).as("after %s", step).isIn("before", "new");
            save(directory.resolve("state"), "before");
            save(directory.resolve("state"), "damaged");
        }
    }

    @Test
    void aDamagedFileDoesNotBecomeTheOneBefore() throws IOException {
        repository.setState(KEY, "before");
        repository.setState(KEY, "damaged");
        Files.write(file(".state"), new byte[3]);
        repository.setState(KEY, "also damaged");
        Files.write(file(".state"), new byte[3]);

        assertThat(repository.getState(KEY)).isEqualTo("before");
    }

    /** The state of a save that was cut off between its renames is the one before the next. */
    @Test
    void whatACrashLeftInTheTemporaryFileBecomesTheOneBefore() throws IOException {
        Path place = directory.resolve("state");
        save(place, "1");
        save(place, "2");
        crash(place, "3", StateFile.Step.PREVIOUS_KEPT);
        save(place, "4");
        Files.write(file(".state"), new byte[0]);

        assertThat(reopened().getState(KEY)).isEqualTo("3");
    }

    /** Other versions of the component read it. */
    @Test
    void aFileBeginsWithALineThatTellsVersionLengthAndChecksum() throws IOException {
        repository.setState(KEY, "value");
        assertThat(file(".state")).hasContent("camel-gitpod-state 1 5 " + crc("value") + "\nvalue");

        String withZeros = IntStream.range(0, 1000)
                .mapToObj(String::valueOf)
                .filter(value -> crc(value).startsWith("0"))
                .findFirst()
                .orElseThrow();
        repository.setState(KEY, withZeros);
        assertThat(file(".state"))
                .hasContent("camel-gitpod-state 1 " + withZeros.length() + " " + crc(withZeros) + "\n" + withZeros);
    }

    private static String crc(String value) {
        CRC32C checksum = new CRC32C();
        checksum.update(value.getBytes(StandardCharsets.US_ASCII));
        return "%08x".formatted(checksum.getValue());
    }

    @Test
    void aFileWithoutItsLineBreakIsDamaged() throws IOException {
        repository.setState(KEY, "the state before");
        repository.setState(KEY, "the state that is damaged");
        byte[] content = Files.readAllBytes(file(".state"));
        content[new String(content, StandardCharsets.US_ASCII).indexOf('\n')] = 0;
        Files.write(file(".state"), content);

        assertThat(reopened().getState(KEY)).isEqualTo("the state before");
    }

    @Test
    void aTemporaryFileThatCannotBeRemovedDoesNotHideWhyTheSaveFailed() {
        CrashSafeFileStateRepository failing = new CrashSafeFileStateRepository(directory.resolve("state"), step -> {
            if (step == StateFile.Step.TEMPORARY_WRITTEN) {
                Files.delete(file(".state.new"));
                Files.createDirectories(file(".state.new").resolve("not empty"));
                throw new IOException("the disk is full");
            }
        });

        assertThatThrownBy(() -> failing.setState(KEY, "1"))
                .hasMessageContaining("the disk is full")
                .cause()
                .satisfies(cause -> assertThat(cause.getSuppressed())
                        .singleElement()
                        .isInstanceOf(DirectoryNotEmptyException.class));
    }

    @Test
    void whoLocksTheFileWithoutThisClassIsAnotherProcess() throws IOException {
        repository.stop();
        try (FileChannel channel =
                        FileChannel.open(file(".state.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThatThrownBy(() -> reopened().getState(KEY)).hasMessageContaining("in use by another consumer");
            assertThatThrownBy(() -> repository.setState(KEY, "1")).hasMessageContaining("in use by another consumer");
        }
        assertThat(reopened().getState(KEY)).isNull();
    }

    @Test
    void whoSavesAfterItWasStoppedHoldsNoLockAfterwards() throws IOException {
        repository.getState(KEY);
        repository.stop();
        repository.setState(KEY, "1");

        try (FileChannel channel = FileChannel.open(file(".state.lock"), StandardOpenOption.WRITE)) {
            assertThat(channel.tryLock()).isNotNull();
        }
    }

    @Test
    void randomBytesAreNotTakenForAState() throws IOException {
        repository.setState(KEY, "the state before");
        repository.setState(KEY, "the state that is overwritten");
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            Files.write(file(".state"), noise);
            assertThat(repository.getState(KEY)).isEqualTo("the state before");
        }
    }

    @Test
    void aFileOfAnotherVersionIsRefusedAndKept() throws IOException {
        repository.setState(KEY, "the state before");
        repository.setState(KEY, "the state");
        for (String version : List.of("0", "2", "x")) {
            String content = Files.readString(file(".state"))
                    .replaceFirst("camel-gitpod-state \\w", "camel-gitpod-state " + version);
            Files.writeString(file(".state"), content);

            assertThatThrownBy(() -> repository.getState(KEY))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("version " + version)
                    .hasMessageContaining("knows 1");
            assertThatThrownBy(() -> repository.setState(KEY, "another")).hasMessageContaining("version " + version);
            assertThat(file(".state")).hasContent(content);
        }
    }

    @Test
    void theLocaleDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            repository.setState(KEY, "written in Arabic digits?");
            assertThat(repository.getState(KEY)).isEqualTo("written in Arabic digits?");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aFullDiskIsToldAndHealsWhenThereIsRoomAgain() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "a device that is always full");
        repository.setState(KEY, "old");
        Files.createSymbolicLink(file(".state.new"), full);

        assertThatThrownBy(() -> repository.setState(KEY, "new"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(KEY)
                .hasMessageContaining(directory.resolve("state").toString())
                .hasMessageContaining("No space left on device");
        assertThat(repository.getState(KEY)).isEqualTo("old");
        // The part that was written takes no room any longer; here that is the link.
        assertThat(file(".state.new")).doesNotExist();
        repository.setState(KEY, "newer");
        assertThat(load(directory.resolve("state"))).isEqualTo("newer");
    }

    /** Where nobody may make a file, not even root, for whom permissions do not count. */
    @Test
    void aDirectoryThatCannotBeWrittenToIsRefusedWhenTheStateIsTaken() {
        Path readOnly = Path.of("/proc/self");
        Assumptions.assumeTrue(Files.isDirectory(readOnly), "a directory that nobody can write to");
        CrashSafeFileStateRepository refused = new CrashSafeFileStateRepository(readOnly);
        refused.start();

        assertThatThrownBy(() -> refused.getState(KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stateDirectory=" + readOnly)
                .hasMessageContaining("allowed: a directory that can be written to");
        assertThatThrownBy(() -> refused.setState(KEY, "new"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("could not be saved in " + readOnly);
    }

    @Test
    void aDirectoryThatVanishesIsToldAndTheStateIsNotTakenForSaved() throws IOException {
        repository.setState(KEY, "old");
        Files.move(directory.resolve("state"), directory.resolve("moved"));
        Files.writeString(directory.resolve("state"), "a file in its place");

        assertThatThrownBy(() -> repository.setState(KEY, "new")).isInstanceOf(UncheckedIOException.class);

        Files.delete(directory.resolve("state"));
        Files.move(directory.resolve("moved"), directory.resolve("state"));
        assertThat(repository.getState(KEY)).isEqualTo("old");
        repository.setState(KEY, "new");
    }

    @Test
    void anInterruptDoesNotKeepAStateFromBeingSaved() {
        Thread.currentThread().interrupt();
        repository.setState(KEY, "saved at a forced stop");

        assertThat(Thread.interrupted()).as("the interrupt is passed on").isTrue();
        assertThat(reopened().getState(KEY)).isEqualTo("saved at a forced stop");
    }

    @Test
    void theOneWhoReadLastOwnsTheStateAndTheOneBeforeCannotSave() {
        repository.setState(KEY, "1");
        CrashSafeFileStateRepository second = reopened();
        assertThat(second.getState(KEY)).isEqualTo("1");
        second.setState(KEY, "2");

        assertThatThrownBy(() -> repository.setState(KEY, "stale"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(KEY)
                .hasMessageContaining("stateDirectory=" + directory.resolve("state"));
        assertThat(second.getState(KEY)).isEqualTo("2");
        repository.setState("another key", "is not concerned");

        assertThat(repository.getState(KEY)).isEqualTo("2");
        repository.setState(KEY, "3");
        assertThatThrownBy(() -> second.setState(KEY, "stale")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anOwnerThatWasStoppedMaySaveUnlessAnotherOneDid() {
        repository.setState(KEY, "1");
        repository.stop();
        repository.setState(KEY, "2");
        repository.setState(KEY, "3");
        CrashSafeFileStateRepository second = reopened();
        assertThat(second.getState(KEY)).isEqualTo("3");
        assertThatThrownBy(() -> repository.setState(KEY, "too late")).hasMessageContaining("in use");

        second.setState(KEY, "4");
        second.stop();
        assertThatThrownBy(() -> repository.setState(KEY, "stale"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(KEY)
                .hasMessageContaining("changed by another");
        assertThat(reopened().getState(KEY)).isEqualTo("4");
    }

    @Test
    void whoIsNotStartedReadsWithoutOwning() {
        repository.setState(KEY, "1");

        assertThat(new CrashSafeFileStateRepository(directory.resolve("state")).getState(KEY))
                .isEqualTo("1");
        repository.setState(KEY, "2");
    }

    private static List<List<StateFile.Step>> triples() {
        List<StateFile.Step> steps = List.of(StateFile.Step.values());
        List<List<StateFile.Step>> triples = new ArrayList<>();
        steps.forEach(a -> steps.forEach(b -> steps.forEach(c -> triples.add(List.of(a, b, c)))));
        return triples;
    }

    /** A save that ends at this step, as if the process were killed: nothing of it is cleaned up. */
    private static void crash(Path place, String value, StateFile.Step at) {
        CrashSafeFileStateRepository dying = new CrashSafeFileStateRepository(place, step -> {
            if (step == at) {
                throw new Killed();
            }
        });
        dying.start();
        assertThatThrownBy(() -> dying.setState(KEY, value)).isInstanceOf(Killed.class);
        dying.stop();
    }

    private static void save(Path place, String value) {
        CrashSafeFileStateRepository saving = new CrashSafeFileStateRepository(place);
        saving.start();
        saving.setState(KEY, value);
        saving.stop();
    }

    private static String load(Path place) {
        return new CrashSafeFileStateRepository(place).getState(KEY);
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private CrashSafeFileStateRepository reopened() {
        CrashSafeFileStateRepository reopened = new CrashSafeFileStateRepository(directory.resolve("state"));
        reopened.start();
        opened.add(reopened);
        return reopened;
    }

    private Path file(String suffix) {
        return directory.resolve("state").resolve("audit%2FauditLogs" + suffix);
    }
}
