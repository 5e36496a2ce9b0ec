package io.github.camelgitpod.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.camelgitpod.testing.RecordedLogs;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("T4")
class CrashSafeFileStateRepositoryTest {
    private static final String KEY = "audit/auditLogs";
    /** The one that is made first comes first. */
    private static final List<StateFile.Step> WITH_A_NEW_FILE = Stream.of(StateFile.Step.values())
            .filter(step -> step != StateFile.Step.APPENDED && step != StateFile.Step.APPENDED_FORCED)
            .toList();

    private static final List<String> EACH_FILE = List.of(".state.lock", ".state", ".state.new", ".state.previous");

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

        try (RecordedLogs logs = new RecordedLogs()) {
            assertThat(reopened().getState(KEY)).isEqualTo("the state before");
            assertThat(logs.warnings())
                    .singleElement()
                    .asString()
                    .contains(
                            ".state.previous, since ",
                            "Nothing is lost; what was delivered after that save comes again");
        }
    }

    @Test
    void aCrashBetweenTheTwoRenamesLosesNothing() throws IOException {
        repository.setState(KEY, "old");
        repository.setState(KEY, "new");
        Files.move(file(".state"), file(".state.new"));

        try (RecordedLogs logs = new RecordedLogs()) {
            assertThat(reopened().getState(KEY)).isEqualTo("new");
            assertThat(logs.warnings()).isEmpty();
            assertThat(logs.messages(Level.INFO)).singleElement().asString().contains("state.new", "Nothing is lost");
        }
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
            boolean begunToReplace =
                    !WITH_A_NEW_FILE.contains(step) || step.compareTo(StateFile.Step.TEMPORARY_FORCED) > 0;
            assertThat(load(place)).as("after %s", step).isEqualTo(begunToReplace ? "new" : "old");
            save(place, "next");
            assertThat(load(place)).as("after %s and the next save", step).isEqualTo("next");
        }
    }

    @Test
    void whereverTheFirstSaveIsCutOffThereIsTheStateOrNone() {
        for (StateFile.Step step : WITH_A_NEW_FILE) {
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
    void whatTheDiskHasOfAnUnforcedLineDoesNotMatter() throws IOException {
        Path place = directory.resolve("state");
        save(place, "old");
        crash(place, "new", StateFile.Step.APPENDED);
        byte[] written = Files.readAllBytes(file(".state"));
        for (int missing = 1; missing <= 13; missing++) {
            byte[] zeros = Arrays.copyOf(Arrays.copyOf(written, written.length - missing), written.length);
            for (byte[] there : List.of(Arrays.copyOf(written, written.length - missing), zeros)) {
                Files.write(file(".state"), there);
                assertThat(load(place)).as("%s bytes less", missing).isEqualTo("old");
            }
        }
    }

    @Test
    void damageOfTheCurrentFileDoesNotReachTheOneBefore() throws IOException {
        save(directory.resolve("state"), "before");
        save(directory.resolve("state"), "damaged");
        for (StateFile.Step step : WITH_A_NEW_FILE) {
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

    /** What wrote a file is told by its first line, which has a checksum from the second version on. */
    private static String first(String version) {
        String words = "camel-gitpod-state " + version + " newest-last";
        return words + " " + crc(words) + "\n";
    }

    /** 0.1 reads the first word, and the second, and that there are four. */
    @Test
    void aFileBeginsWithALineThatTellsTheVersionAndEachStateIsALineWithItsChecksum() throws IOException {
        repository.setState(KEY, "value");
        assertThat(file(".state")).hasContent(first("2") + crc("value") + " value\n");
        repository.setState(KEY, "2");
        repository.setState(KEY, "{\n\\n}");
        assertThat(file(".state")).hasContent(first("2") + crc("2") + " 2\n" + crc("{\\n\\\\n}") + " {\\n\\\\n}\n");
        assertThat(load(directory.resolve("state"))).isEqualTo("{\n\\n}");

        String withZeros = IntStream.range(0, 1000)
                .mapToObj(String::valueOf)
                .filter(value -> crc(value).startsWith("0"))
                .findFirst()
                .orElseThrow();
        repository.setState(KEY, withZeros);
        assertThat(Files.readString(file(".state"))).endsWith(crc(withZeros) + " " + withZeros + "\n");
    }

    @Test
    void aFileOfTheFirstVersionIsReadAndGoneOnFrom() throws IOException {
        Files.writeString(file(".state"), "camel-gitpod-state 1 5 " + crc("value") + "\nvalue");

        assertThat(load(directory.resolve("state"))).isEqualTo("value");
        repository.setState(KEY, "2");
        assertThat(load(directory.resolve("state"))).isEqualTo("2");
        assertThat(file(".state.previous")).hasContent("camel-gitpod-state 1 5 " + crc("value") + "\nvalue");

        Files.writeString(file(".state"), "camel-gitpod-state 1 5 " + crc("value") + "\nvolue");
        assertThat(load(directory.resolve("state"))).isEqualTo("value");
    }

    /** A digit may be damaged as any other byte: which version wrote a file is believed where a checksum says so. */
    @Test
    void aDamagedVersionIsNoLaterOne() throws IOException {
        String line = crc("value") + " value\n";
        for (String whole : List.of(
                first("2") + line,
                "camel-gitpod-state 2 newest last\n" + line,
                "camel-gitpod-state 1 5 " + crc("value") + "\nvalue")) {
            Files.writeString(
                    file(".state"), whole.replace("state 1", "state 3").replace("state 2", "state 3"));
            assertThat(load(directory.resolve("state"))).as(whole).isEqualTo("value");
        }
        Files.writeString(file(".state"), first("2").replace("2 newest", "3 newest"));
        Files.writeString(file(".state.previous"), first("2") + crc("before") + " before\n");
        assertThat(load(directory.resolve("state"))).isEqualTo("before");

        Files.writeString(file(".state"), first("3") + line);
        assertThatThrownBy(() -> load(directory.resolve("state")))
                .hasMessageContainingAll(file(".state").toString(), "format version 3", "knows 1 and 2");
    }

    /** What is forced to the disk costs most of a save. */
    @Test
    void aSaveForcesTheDiskOnce() {
        List<StateFile.Step> steps = new ArrayList<>();
        CrashSafeFileStateRepository watched =
                new CrashSafeFileStateRepository(directory.resolve("watched"), steps::add);
        watched.start();
        opened.add(watched);
        watched.getState(KEY);
        for (int i = 0; i < 100; i++) {
            watched.setState(KEY, "state " + i);
        }

        assertThat(steps).filteredOn(StateFile.Step.APPENDED_FORCED::equals).hasSize(98);
        assertThat(steps).filteredOn(StateFile.Step.TEMPORARY_FORCED::equals).hasSize(2);
        assertThat(steps).filteredOn(StateFile.Step.DIRECTORY_FORCED::equals).hasSize(2);
        assertThat(load(directory.resolve("watched"))).isEqualTo("state 99");
    }

    @Test
    void aFileDoesNotGrowForEver() {
        String large = "x".repeat(100_000);
        for (int i = 0; i < 40; i++) {
            repository.setState(KEY, i + large);

            assertThat(file(".state").toFile().length()).isLessThanOrEqualTo(1 << 20);
        }
        assertThat(load(directory.resolve("state"))).isEqualTo(39 + large);
        for (int i = 0; i < 3; i++) {
            repository.setState(KEY, i + large.repeat(15));
        }
        assertThat(load(directory.resolve("state"))).isEqualTo(2 + large.repeat(15));
    }

    /** A repository may be without a file to go back to only as long as there was one save. */
    @Test
    void aFileThatLostItsEndAtAnyPlaceGivesAStateThatWasSaved() throws IOException {
        for (int i = 0; i < 4; i++) {
            repository.setState(KEY, "state " + i);
        }
        byte[] whole = Files.readAllBytes(file(".state"));
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file(".state"), Arrays.copyOf(whole, length));
            int kept = (int) new String(whole, 0, length, StandardCharsets.US_ASCII)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            assertThat(load(directory.resolve("state")))
                    .as("after %s bytes", length)
                    .isEqualTo("state " + Math.max(0, kept - 1));
        }
    }

    @Test
    void aFlippedByteCostsTheSaveThatItIsIn() throws IOException {
        for (int i = 0; i < 4; i++) {
            repository.setState(KEY, "state " + i);
        }
        byte[] whole = Files.readAllBytes(file(".state"));
        int last = new String(whole, StandardCharsets.US_ASCII).lastIndexOf('\n', whole.length - 2);
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            Files.write(file(".state"), damaged);
            try (RecordedLogs logs = new RecordedLogs()) {
                // Without the line break between them, two are damaged.
                String expected = i < last ? "state 3" : i == last ? "state 1" : "state 2";
                assertThat(load(directory.resolve("state"))).as("byte %s", i).isEqualTo(expected);
                if (i >= last && i < whole.length - 1) {
                    assertThat(logs.warnings())
                            .singleElement()
                            .asString()
                            .contains("The last save of the state " + KEY, " is damaged: the one before is used");
                }
            }
        }
    }

    @Test
    void aSaveThatWasCutOffIsToldAndNoWarning() throws IOException {
        for (int i = 0; i < 3; i++) {
            repository.setState(KEY, "state " + i);
        }
        byte[] whole = Files.readAllBytes(file(".state"));
        Files.write(file(".state"), Arrays.copyOf(whole, whole.length - 4));

        try (RecordedLogs logs = new RecordedLogs()) {
            assertThat(load(directory.resolve("state"))).isEqualTo("state 1");
            assertThat(logs.warnings()).isEmpty();
            assertThat(logs.messages(Level.INFO))
                    .singleElement()
                    .asString()
                    .contains(
                            "was cut off when the process ended: the one before is used. Nothing is lost; what was delivered since");
        }
    }

    @Test
    void aFileThatWasChangedByAnotherIsNotAddedTo() throws IOException {
        for (int i = 0; i < 3; i++) {
            repository.setState(KEY, "state " + i);
        }
        Files.write(file(".state"), new byte[3]);
        repository.setState(KEY, "after damage");

        assertThat(Files.readString(file(".state"))).endsWith(" after damage\n").doesNotContain("\0");
        assertThat(load(directory.resolve("state"))).isEqualTo("after damage");
    }

    /** Its end is not known then: what comes after a part of a line could not be read. */
    @Test
    void afterAnAppendThatFailedAFileIsBegunAnew() {
        boolean[] full = {false};
        CrashSafeFileStateRepository onFullDisk = new CrashSafeFileStateRepository(directory.resolve("state"), step -> {
            if (full[0] && step == StateFile.Step.APPENDED) {
                throw new IOException("No space left on device");
            }
        });
        onFullDisk.start();
        opened.add(onFullDisk);
        for (int i = 0; i < 3; i++) {
            onFullDisk.setState(KEY, "state " + i);
        }
        full[0] = true;
        assertThatThrownBy(() -> onFullDisk.setState(KEY, "3")).hasMessageContaining("No space left on device");
        full[0] = false;
        onFullDisk.setState(KEY, "4");
        onFullDisk.setState(KEY, "5");

        assertThat(load(directory.resolve("state"))).isEqualTo("5");
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
        for (String version : List.of("0", "3", "x")) {
            String content = first(version) + crc("the state") + " the state\n";
            Files.writeString(file(".state"), content);

            assertThatThrownBy(() -> repository.getState(KEY))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("version " + version)
                    .hasMessageContaining("knows 1 and 2");
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
    void aFullDiskIsToldAndHealsWhenThereIsRoomAgain() {
        boolean[] full = {false};
        CrashSafeFileStateRepository onFullDisk = new CrashSafeFileStateRepository(directory.resolve("state"), step -> {
            if (full[0] && step == StateFile.Step.TEMPORARY_CREATED) {
                throw new IOException("No space left on device");
            }
        });
        onFullDisk.setState(KEY, "old");
        full[0] = true;

        assertThatThrownBy(() -> onFullDisk.setState(KEY, "new"))
                .isInstanceOf(StateUnavailableException.class)
                .hasMessageContaining(KEY)
                .hasMessageContaining(directory.resolve("state").toString())
                .hasMessageContaining("No space left on device");
        assertThat(onFullDisk.getState(KEY)).isEqualTo("old");
        assertThat(file(".state.new"))
                .as("the part that was written takes no room any longer")
                .doesNotExist();
        full[0] = false;
        onFullDisk.setState(KEY, "newer");
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
                .isInstanceOf(StateUnavailableException.class)
                .hasMessageContaining("could not be saved in " + readOnly);
    }

    @Test
    void aDirectoryThatIsGoneIsNamed() throws IOException {
        repository.setState(KEY, "old");
        Files.move(directory.resolve("state"), directory.resolve("moved"));

        assertThatThrownBy(() -> repository.setState(KEY, "new"))
                .isInstanceOf(StateUnavailableException.class)
                .hasMessageContaining(directory.resolve("state") + ": there is no such directory any more");
    }

    @Test
    void aDirectoryThatVanishesIsToldAndTheStateIsNotTakenForSaved() throws IOException {
        repository.setState(KEY, "old");
        Files.move(directory.resolve("state"), directory.resolve("moved"));
        Files.writeString(directory.resolve("state"), "a file in its place");

        assertThatThrownBy(() -> repository.setState(KEY, "new")).isInstanceOf(StateUnavailableException.class);

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

    /** Else both processes deliver, and the one that saves last wins. */
    @Test
    void whoseLockIsRemovedCannotSaveAnyMore() throws IOException {
        repository.setState(KEY, "1");
        assertThat(repository.getState(KEY)).isEqualTo("1");
        Files.delete(file(".state.lock"));
        assertThatThrownBy(() -> repository.setState(KEY, "2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file(".state.lock") + " was removed or replaced")
                .hasMessageContaining(KEY);
        try (FileChannel other =
                        FileChannel.open(file(".state.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = other.tryLock()) {
            assertThat(held).as("another process can have it now").isNotNull();
            assertThatThrownBy(() -> repository.setState(KEY, "2")).hasMessageContaining("was removed or replaced");
            assertThatThrownBy(() -> repository.getState(KEY)).hasMessageContaining("in use by another consumer");
        }
        assertThat(load(directory.resolve("state"))).isEqualTo("1");

        assertThat(repository.getState(KEY)).isEqualTo("1");
        repository.setState(KEY, "2");
        try (FileChannel other = FileChannel.open(file(".state.lock"), StandardOpenOption.WRITE)) {
            assertThatThrownBy(other::tryLock).isInstanceOf(OverlappingFileLockException.class);
        }
    }

    @Test
    void aLinkToNothingIsNotTakenForAStartWithoutAState() throws IOException {
        Path elsewhere = directory.resolve("elsewhere");
        for (String suffix : EACH_FILE) {
            Files.createSymbolicLink(file(suffix), elsewhere);

            refused(suffix, "it is a symbolic link");
            assertThat(elsewhere).doesNotExist();
            Files.delete(file(suffix));
        }
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "of somebody else");
        for (String suffix : EACH_FILE) {
            Files.createSymbolicLink(file(suffix), elsewhere);

            refused(suffix, "it is a symbolic link");
            assertThat(elsewhere).hasContent("of somebody else");
            Files.delete(file(suffix));
        }
    }

    @Test
    void aDirectoryInThePlaceOfAFileIsRefused() throws IOException {
        for (String suffix : EACH_FILE) {
            Files.createDirectory(file(suffix));

            refused(suffix, "it is a directory");
            Files.delete(file(suffix));
        }
    }

    /** Who opens it waits for the other end, for ever. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeInThePlaceOfAFileIsRefused() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/usr/bin/mkfifo")), "pipes that have names");
        for (String suffix : EACH_FILE) {
            new ProcessBuilder("mkfifo", file(suffix).toString()).start().waitFor();
            assertThat(file(suffix)).exists();

            refused(suffix, "it is a pipe, socket or device");
            Files.delete(file(suffix));
        }
    }

    private void refused(String suffix, String what) {
        CrashSafeFileStateRepository refusing = reopened();
        assertThatThrownBy(() -> refusing.getState(KEY))
                .hasMessageContaining(file(suffix).getFileName() + ": " + what)
                .hasMessageContaining("allowed: a plain file");
        assertThatThrownBy(() -> refusing.setState(KEY, "1"))
                .hasMessageContaining(file(suffix).getFileName() + ": " + what)
                .hasMessageContaining(KEY);
        assertThat(file(suffix)).as("is left as it is").satisfies(file -> assertThat(
                        Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .isTrue());
        refusing.stop();
    }

    @Test
    void whatIsMadeIsForItsOwner() throws IOException {
        Path made = directory.resolve("data").resolve("made");
        CrashSafeFileStateRepository making = new CrashSafeFileStateRepository(made);
        making.start();
        assertThat(making.getState(KEY)).isNull();
        making.setState(KEY, "1");
        making.setState(KEY, "2");
        making.stop();

        assertThat(permissions(made)).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(made)) {
            assertThat(files.toList()).hasSize(3).allSatisfy(file -> assertThat(permissions(file))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void aDirectoryThatIsOpenToOthersIsToldOnceAndLeftAsItIs() throws IOException {
        Path wide = Files.createDirectory(directory.resolve("wide"));
        Files.setPosixFilePermissions(wide, PosixFilePermissions.fromString("rwxr-x---"));
        try (RecordedLogs logs = new RecordedLogs()) {
            for (int i = 0; i < 2; i++) {
                new CrashSafeFileStateRepository(wide).start();
                new CrashSafeFileStateRepository(directory.resolve("state")).start();
            }

            assertThat(logs.warnings()).singleElement().asString().contains("stateDirectory=" + wide, "rwxr-x---");
        }
        assertThat(permissions(wide)).isEqualTo("rwxr-x---");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void eachKeyHasAStateOfItsOwn() {
        Random random = new Random(1);
        Set<String> keys = new HashSet<>();
        IntStream.range(0, 150).forEach(i -> keys.add(AnyText.of(random)));
        keys.forEach(key -> repository.setState(key, "state of " + key.hashCode()));

        CrashSafeFileStateRepository next = reopened();
        assertThat(keys).hasSizeGreaterThan(90).allSatisfy(key -> assertThat(next.getState(key))
                .isEqualTo("state of " + key.hashCode()));
    }

    @Test
    void aKeyThatIsTooLongForAFilesNameIsShortened() {
        String long1 = "route/".repeat(100) + "1";
        String long2 = "route/".repeat(100) + "2";
        for (int i = 0; i < 3; i++) {
            repository.setState(long1, "1." + i);
            repository.setState(long2, "2." + i);
        }

        assertThat(reopened().getState(long1)).isEqualTo("1.2");
        assertThat(reopened().getState(long2)).isEqualTo("2.2");
        assertThat(directory.resolve("state").toFile().list()).hasSize(6).allSatisfy(name -> assertThat(name)
                .startsWith("route%2Froute%2F")
                .hasSizeLessThan(200));
    }

    /** Once: for the name of the file before it was too long. */
    @Test
    void whatAnEarlierVersionSavedUnderALongNameIsFound() throws IOException {
        String key = "k".repeat(244);
        repository.setState(KEY, "of an earlier version");
        Files.move(file(".state"), directory.resolve("state").resolve(key + ".state"));

        assertThat(repository.getState(key)).isEqualTo("of an earlier version");
        repository.setState(key, "1");
        repository.setState(key, "2");

        assertThat(reopened().getState(key)).isEqualTo("2");
    }

    @Test
    void aValueThatWouldBeReadAsAnotherOneIsRefused() {
        repository.setState(KEY, "old");

        assertThatThrownBy(() -> repository.setState(KEY, "half of a character: \ud83d"))
                .hasMessageContaining(KEY)
                .hasMessageContaining("unpaired surrogate");
        assertThat(repository.getState(KEY)).isEqualTo("old");
    }

    private static List<List<StateFile.Step>> triples() {
        List<StateFile.Step> steps = List.of(StateFile.Step.values());
        List<List<StateFile.Step>> triples = new ArrayList<>();
        // Of what a third one can find, these leave all kinds.
        List<StateFile.Step> last =
                List.of(StateFile.Step.APPENDED, StateFile.Step.TEMPORARY_FORCED, StateFile.Step.PREVIOUS_KEPT);
        steps.forEach(a -> steps.forEach(b -> last.forEach(c -> triples.add(List.of(a, b, c)))));
        return triples;
    }

    /** A save that ends at this step, as if the process were killed: nothing of it is cleaned up. */
    private static void crash(Path place, String value, StateFile.Step at) {
        boolean[] armed = {true};
        CrashSafeFileStateRepository dying = new CrashSafeFileStateRepository(place, step -> {
            if (armed[0] && step == at) {
                throw new Killed();
            }
        });
        dying.start();
        if (at == StateFile.Step.APPENDED || at == StateFile.Step.APPENDED_FORCED) {
            // To a file that it has begun itself, and that has one before it.
            armed[0] = false;
            String before = dying.getState(KEY);
            dying.setState(KEY, before);
            dying.setState(KEY, before);
            armed[0] = true;
        }
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
