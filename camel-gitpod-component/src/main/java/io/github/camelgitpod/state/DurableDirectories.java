package io.github.camelgitpod.state;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what happens to the names in a directory survive a crash of the machine. */
final class DurableDirectories {
    private static final Logger LOG = LoggerFactory.getLogger(DurableDirectories.class);

    private DurableDirectories() {}

    /** Makes a directory, durably: a new one is only an entry in its parent, which has to reach the disk, too. */
    static void create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            create(parent);
        }
        Files.createDirectories(directory);
        if (parent != null) {
            force(parent);
        }
    }

    /** Makes the renames in a directory durable. */
    static void force(Path directory) throws IOException {
        boolean interrupted = false;
        try {
            while (!tryForce(directory)) {
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
    private static boolean tryForce(Path directory) throws IOException {
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
