package io.github.camelgitpod.state;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One state in three files: the current one, the one before it, and one that is being written. A save adds a line to the
 * current one, as long as this object has written all of it and it is not too long; else it makes a new one. Wherever a save is
 * cut off, {@link #load} gives the state that was saved last or the one that was being saved. Used by one thread at a time.
 */
final class StateFile {
    /** The moments of a save: between any two of them the process may die. */
    enum Step {
        BEGUN,
        APPENDED,
        APPENDED_FORCED,
        TEMPORARY_CREATED,
        TEMPORARY_WRITTEN,
        TEMPORARY_FORCED,
        PREVIOUS_KEPT,
        RENAMED,
        DIRECTORY_FORCED
    }

    /** Told of each step as it is done. For tests: what it throws, or where it stays, is where the save ends. */
    @FunctionalInterface
    interface FailPoint {
        void passed(Step step) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
    /** A channel takes as much memory beside the heap as is written at once. */
    private static final int PIECE = 1 << 16;
    /** A file that would be longer is begun anew. */
    private static final long LONGEST = 1 << 20;

    private static final long UNKNOWN = -1;

    private final Path current;
    private final Path temporary;
    private final Path previous;
    private final FailPoint failPoint;
    /** What tells the current file from any other, and where it ends; {@link #UNKNOWN} unless lines can be added to it. */
    private Object identity;

    private long end = UNKNOWN;

    /** @param current the other files stand beside it, with longer names */
    StateFile(Path current, FailPoint failPoint) {
        this.current = current.toAbsolutePath();
        this.temporary = this.current.resolveSibling(current.getFileName() + ".new");
        this.previous = this.current.resolveSibling(current.getFileName() + ".previous");
        this.failPoint = failPoint;
    }

    /** When this returns, the state is on the disk; when it throws, the one before it still is, or the new one already. */
    void save(String value) throws IOException {
        failPoint.passed(Step.BEGUN);
        byte[] line = CheckedFile.line(value);
        boolean appends = end != UNKNOWN && end + line.length <= LONGEST && PlainFiles.is(current, identity, end);
        long begin = end;
        // Unless it goes well, what the file has then is not known.
        end = UNKNOWN;
        if (appends) {
            Uninterrupted.run(() -> append(begin, line));
            end = begin + line.length;
        } else {
            beginAnew(line);
        }
    }

    /** Somebody else may write the file from now on. */
    void release() {
        end = UNKNOWN;
    }

    private void append(long begin, byte[] line) throws IOException {
        try (FileChannel channel = PlainFiles.write(current)) {
            write(channel.position(begin), line);
            failPoint.passed(Step.APPENDED);
            channel.force(false);
        }
        failPoint.passed(Step.APPENDED_FORCED);
    }

    /** Makes a new file with this line. */
    private void beginAnew(byte[] line) throws IOException {
        boolean kept = settle();
        PlainFiles.check(temporary);
        PlainFiles.check(previous);
        try {
            Uninterrupted.run(() -> writeTemporary(line));
        } catch (IOException e) {
            discardTemporary(e);
            throw e;
        }
        if (kept) {
            Files.move(current, previous, StandardCopyOption.ATOMIC_MOVE);
        }
        failPoint.passed(Step.PREVIOUS_KEPT);
        Files.move(temporary, current, StandardCopyOption.ATOMIC_MOVE);
        failPoint.passed(Step.RENAMED);
        DurableDirectories.force(current.getParent());
        failPoint.passed(Step.DIRECTORY_FORCED);
        if (kept) {
            // Only then there is a second file, if this one should be damaged.
            identity = PlainFiles.identity(current);
            end = CheckedFile.firstLine().length + line.length;
        }
    }

    /**
     * The state; empty when there never was one.
     *
     * @throws IllegalStateException when there are files and none of them is whole, or they are of another version
     */
    Optional<String> load(String key) throws IOException {
        // The temporary file comes second: it is whole when the crash came between the two renames.
        for (Path file : List.of(current, temporary, previous)) {
            Optional<CheckedFile.Content> content = CheckedFile.read(file);
            if (content.isPresent()) {
                tell(key, file, content.get());
                return Optional.of(content.get().value());
            }
        }
        if (PlainFiles.exists(current) || PlainFiles.exists(previous)) {
            throw new IllegalStateException("The state " + key + " in " + current
                    + " is damaged, and so is the one before it: restore it from a copy, or remove it to begin anew");
        }
        return Optional.empty();
    }

    /** @param file where the state was found */
    private void tell(String key, Path file, CheckedFile.Content content) throws IOException {
        if (file == temporary && !PlainFiles.exists(current)) {
            LOG.info(
                    "The state {} is whole in {}: the process ended in the middle of its last save. Nothing is lost",
                    key,
                    file);
        } else if (file != current) {
            LOG.warn(
                    "The state {} is read from {}, since {} is missing or damaged. Nothing is lost; what was delivered after that"
                            + " save comes again",
                    key,
                    file,
                    current);
        } else if (content.rest() == CheckedFile.Rest.PART) {
            LOG.info(
                    "The last save of the state {} in {} was cut off when the process ended: the one before is used. Nothing is lost;"
                            + " what was delivered since that one may come again",
                    key,
                    file);
        } else if (content.rest() == CheckedFile.Rest.DAMAGE) {
            LOG.warn(
                    "The last save of the state {} in {} is damaged: the one before is used. Nothing is lost; what was delivered after"
                            + " that save comes again",
                    key,
                    file);
        }
    }

    /**
     * Ends a save that was cut off between its renames, before the next one writes over the only copy of its state.
     *
     * @return whether the current file is whole; one that is not must not replace the previous one
     */
    private boolean settle() throws IOException {
        if (CheckedFile.read(current).isPresent()) {
            return true;
        }
        if (CheckedFile.read(temporary).isEmpty()) {
            return false;
        }
        Files.move(temporary, current, StandardCopyOption.ATOMIC_MOVE);
        DurableDirectories.force(current.getParent());
        return true;
    }

    private void writeTemporary(byte[] line) throws IOException {
        // What a crash has left.
        Files.deleteIfExists(temporary);
        try (FileChannel channel = PlainFiles.create(temporary)) {
            failPoint.passed(Step.TEMPORARY_CREATED);
            write(channel, CheckedFile.firstLine());
            write(channel, line);
            failPoint.passed(Step.TEMPORARY_WRITTEN);
            channel.force(true);
        }
        failPoint.passed(Step.TEMPORARY_FORCED);
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        OutputStream out = Channels.newOutputStream(channel);
        for (int i = 0; i < bytes.length; i += PIECE) {
            out.write(bytes, i, Math.min(PIECE, bytes.length - i));
        }
    }

    /** A part of a state takes room on a disk that may be full. */
    private void discardTemporary(IOException cause) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
