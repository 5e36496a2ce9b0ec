package io.github.camelgitpod.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what happens to the names in a directory survive a crash of the machine. */
final class DurableDirectories {
    private static final Logger LOG = LoggerFactory.getLogger(DurableDirectories.class);

    private DurableDirectories() {}

    /**
     * Makes a directory, durably: a new one is only an entry in its parent, which has to reach the disk, too. It is for its
     * owner only; those above it may be used for something else.
     */
    static void create(Path directory) throws IOException {
        create(directory, PlainFiles.forOwner(directory, "rwx------"));
    }

    private static void create(Path directory, FileAttribute<?>... permissions) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            create(parent);
        }
        try {
            Files.createDirectory(directory, permissions);
        } catch (FileAlreadyExistsException e) {
            // Another one may have been faster.
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        if (parent != null) {
            force(parent);
        }
    }

    /** Makes the renames in a directory durable. */
    static void force(Path directory) throws IOException {
        Uninterrupted.run(() -> {
            try (FileChannel channel = open(directory)) {
                if (channel != null) {
                    channel.force(true);
                }
            }
        });
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
