package io.github.camelgitpod.state;

import java.io.BufferedInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One state in three files: the current one, the one before it, and the one that is being written. Wherever a save is cut
 * off, {@link #load} gives the state that was saved last or the one that was being saved. Used by one thread at a time.
 */
final class StateFile {
    /** The moments of a save: between any two of them the process may die. */
    enum Step {
        BEGUN,
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
    private static final String MAGIC = "camel-gitpod-state";
    private static final String VERSION = "1";
    private static final int MAX_HEADER = 100;

    private final Path current;
    private final Path temporary;
    private final Path previous;
    private final FailPoint failPoint;

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
        boolean kept = settle();
        try {
            write(value);
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
        forceDirectory(current.getParent());
        failPoint.passed(Step.DIRECTORY_FORCED);
    }

    /**
     * The state; empty when there never was one.
     *
     * @throws IllegalStateException when there are files and none of them is whole, or they are of another version
     */
    Optional<String> load(String key) throws IOException {
        // The temporary file comes second: it is whole when the crash came between the two renames.
        for (Path file : new Path[] {current, temporary, previous}) {
            Optional<String> value = read(file);
            if (value.isPresent()) {
                if (file != current) {
                    LOG.warn("State {} is taken from {}: {} is missing or damaged", key, file, current);
                }
                return value;
            }
        }
        if (Stream.of(current, previous).anyMatch(Files::exists)) {
            throw new IllegalStateException("The state " + key + " in " + current
                    + " is damaged, and so is the one before it: restore it from a copy, or remove it to begin anew");
        }
        return Optional.empty();
    }

    /**
     * Ends a save that was cut off between its renames, before the next one writes over the only copy of its state.
     *
     * @return whether the current file is whole; one that is not must not replace the previous one
     */
    private boolean settle() throws IOException {
        if (isWhole(current)) {
            return true;
        }
        if (!isWhole(temporary)) {
            return false;
        }
        Files.move(temporary, current, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(current.getParent());
        return true;
    }

    /** A stream and not a channel: an interrupt at a forced stop would close a channel in the middle. */
    private void write(String value) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
            failPoint.passed(Step.TEMPORARY_CREATED);
            out.write(header(bytes).getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
            failPoint.passed(Step.TEMPORARY_WRITTEN);
            out.getFD().sync();
        }
        failPoint.passed(Step.TEMPORARY_FORCED);
    }

    /** Not by String.format, which writes the digits of the default locale. */
    private static String header(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length);
        return MAGIC + " " + VERSION + " " + bytes.length + " " + hex(checksum) + "\n";
    }

    /** A part of a state takes room on a disk that may be full. */
    private void discardTemporary(IOException cause) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** The value of a whole file; empty when the file is missing or damaged. */
    private static Optional<String> read(Path file) throws IOException {
        if (!isWhole(file)) {
            return Optional.empty();
        }
        byte[] content = Files.readAllBytes(file);
        int start = 0;
        while (content[start++] != '\n') {
            // the header
        }
        return Optional.of(new String(content, start, content.length - start, StandardCharsets.UTF_8));
    }

    /** Read in pieces: every save asks for this, and a state can be large. */
    private static boolean isWhole(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next >= 0 && next != '\n' && line.length() < MAX_HEADER; next = in.read()) {
                line.append((char) next);
            }
            String[] header = line.toString().trim().split(" ");
            if (header.length != 4 || !header[0].equals(MAGIC)) {
                return false;
            }
            if (!header[1].equals(VERSION)) {
                // Not taken for damage: to go back to the state before would deliver again what another version
                // delivered.
                throw new IllegalStateException("The state in " + file + " has the format version " + header[1]
                        + ", this component knows " + VERSION
                        + ": use the version of the component that wrote it, or remove it to begin anew");
            }
            CRC32C checksum = new CRC32C();
            long length = 0;
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                checksum.update(buffer, 0, count);
                length += count;
            }
            return header[2].equals(String.valueOf(length)) && header[3].equals(hex(checksum));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static String hex(CRC32C checksum) {
        String digits = Long.toHexString(checksum.getValue());
        return "0".repeat(8 - digits.length()) + digits;
    }

    /** Makes a directory, durably: a new one is only an entry in its parent, which has to reach the disk, too. */
    static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            createDirectories(parent);
        }
        Files.createDirectories(directory);
        if (parent != null) {
            forceDirectory(parent);
        }
    }

    /** Makes the renames in a directory durable. */
    static void forceDirectory(Path directory) throws IOException {
        boolean interrupted = false;
        try {
            while (!force(directory)) {
                // Such as at a forced stop: a state that is renamed already is worth the moment.
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether it was not disturbed. */
    private static boolean force(Path directory) throws IOException {
        try (FileChannel channel = open(directory)) {
            if (channel != null) {
                channel.force(true);
            }
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    /** Null where a directory cannot be opened, as on Windows; there the rename itself must do. */
    private static FileChannel open(Path directory) {
        try {
            return FileChannel.open(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            LOG.debug("Directory {} cannot be forced to the disk", directory, e);
            return null;
        }
    }
}
