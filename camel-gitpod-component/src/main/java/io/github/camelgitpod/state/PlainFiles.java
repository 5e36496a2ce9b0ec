package io.github.camelgitpod.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * The files of a state: each is a plain file or missing. A link would lead elsewhere, and one to nothing look like a start
 * without a state; a pipe would hold up whoever opens it. New ones are for their owner only, where the file system can.
 */
final class PlainFiles {
    private PlainFiles() {}

    /**
     * Whether it is there.
     *
     * @throws FileSystemException saying what it is, if it is no plain file
     */
    static boolean exists(Path file) throws IOException {
        return attributes(file) != null;
    }

    /** @throws FileSystemException saying what it is, if it is there and no plain file */
    static void check(Path file) throws IOException {
        exists(file);
    }

    /** What tells it from any other file, also one of the same name; null where the file system does not say. */
    static Object identity(Path file) throws IOException {
        BasicFileAttributes attributes = attributes(file);
        if (attributes == null) {
            throw new NoSuchFileException(file.toString(), null, "it does not exist");
        }
        return attributes.fileKey();
    }

    /**
     * Whether it is still the file of this identity, and so long.
     *
     * @throws FileSystemException saying what it is, if it is there and no plain file
     */
    static boolean is(Path file, Object identity, long size) throws IOException {
        BasicFileAttributes attributes = attributes(file);
        return attributes != null && attributes.size() == size && Objects.equals(attributes.fileKey(), identity);
    }

    /**
     * Opens it for reading.
     *
     * @throws NoSuchFileException when it is missing
     */
    static InputStream read(Path file) throws IOException {
        check(file);
        return Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes it, and opens it for writing. */
    static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), forOwner(file, "rw-------"));
    }

    /** Makes it, empty, unless it is there. */
    static void createIfMissing(Path file) throws IOException {
        if (!exists(file)) {
            try {
                create(file).close();
            } catch (FileAlreadyExistsException e) {
                check(file);
            }
        }
    }

    /** Opens one that is there for writing. */
    static FileChannel write(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    /** How to make something with these permissions; nothing where there are none. */
    static FileAttribute<?>[] forOwner(Path file, String permissions) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
        if (!attributes.isRegularFile()) {
            String what = attributes.isSymbolicLink()
                    ? "a symbolic link"
                    : attributes.isDirectory() ? "a directory" : "a pipe, socket or device";
            throw new FileSystemException(
                    file.toString(), null, "it is " + what + "; allowed: a plain file, or none. Move it away");
        }
        return attributes;
    }
}
