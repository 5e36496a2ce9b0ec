package io.github.camelgitpod.auditlog.walk;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where pages wait that are too many for the heap, and how much room they may take there.
 *
 * @param wanted    the directory; null, or not there: the one for temporary files
 * @param mostBytes of one file; also never more than half of what is free
 */
public record SpillDirectory(Path wanted, long mostBytes) {
    private static final Logger LOG = LoggerFactory.getLogger(SpillDirectory.class);
    /** About three million entries of 700 bytes. The log of a busy organization has a million a year. */
    private static final long MOST_BYTES = 2L << 30;

    private static final String PREFIX = "gitpod-audit-logs";
    private static final String SUFFIX = ".pages";
    /** A file that somebody uses is written to more often. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    /** @param wanted the directory; null, or not there: the one for temporary files */
    public static SpillDirectory in(Path wanted) {
        return new SpillDirectory(wanted, MOST_BYTES);
    }

    Path path() {
        return wanted != null && Files.isDirectory(wanted) ? wanted : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** A new file, which only this user can read. */
    Path createFile() throws IOException {
        Path directory = path();
        try {
            return Files.createTempFile(directory, PREFIX, SUFFIX);
        } catch (IOException e) {
            throw new IOException(
                    "The audit log's way back is long, and its pages cannot wait in " + directory
                            + ", which must be writable (or set stateDirectory): " + e,
                    e);
        }
    }

    /** How many bytes a file may have. */
    long room() throws IOException {
        long free = Files.getFileStore(path()).getUsableSpace();
        return free > 0 ? Math.min(mostBytes, free / 2) : mostBytes;
    }

    /** Removes what a process left behind that was killed, where the system did not do so by itself. */
    public void clean() {
        Instant abandoned = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path(), PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(abandoned) && Files.deleteIfExists(file)) {
                    LOG.info("Removed {}, which a process has left behind", file);
                }
            }
        } catch (IOException e) {
            LOG.debug("What was left behind cannot be removed", e);
        }
    }
}
