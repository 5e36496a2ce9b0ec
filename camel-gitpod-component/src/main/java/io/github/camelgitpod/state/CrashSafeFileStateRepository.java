package io.github.camelgitpod.state;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
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
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each state in a file of its own, so that a crash of the process or of the machine at any moment leaves the new
 * state or the one before it, never none and never a part: a state is written to a temporary file, forced to the disk, and
 * renamed; the one before is kept beside it. Each file begins with a line that tells its length and checksum.
 */
public final class CrashSafeFileStateRepository extends ServiceSupport implements StateRepository<String, String> {
    private static final Logger LOG = LoggerFactory.getLogger(CrashSafeFileStateRepository.class);
    private static final String MAGIC = "camel-gitpod-state";

    private final Path directory;

    /** @param directory is made if it is missing */
    public CrashSafeFileStateRepository(Path directory) {
        this.directory = directory;
    }

    @Override
    protected void doStart() throws Exception {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Option stateDirectory=" + directory
                            + " cannot be used; allowed: a directory that can be written to",
                    e);
        }
    }

    @Override
    public synchronized void setState(String key, String value) {
        try {
            Path temporary = file(key, ".new");
            write(temporary, value);
            Path current = file(key, "");
            if (Files.exists(current)) {
                Files.move(current, file(key, ".previous"), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(temporary, current, StandardCopyOption.ATOMIC_MOVE);
            forceDirectory();
        } catch (IOException e) {
            throw new UncheckedIOException("The state " + key + " could not be saved in " + directory, e);
        }
    }

    /** @throws IllegalStateException when there are files for this key and none of them is whole */
    @Override
    public synchronized String getState(String key) {
        // The temporary file comes second: it is whole when the crash came between the two renames.
        Path[] newestFirst = {file(key, ""), file(key, ".new"), file(key, ".previous")};
        for (Path file : newestFirst) {
            Optional<String> value = read(file);
            if (value.isPresent()) {
                if (file != newestFirst[0]) {
                    LOG.warn("State {} is taken from {}: {} is missing or damaged", key, file, newestFirst[0]);
                }
                return value.get();
            }
        }
        boolean lost = Stream.of(newestFirst[0], newestFirst[2]).anyMatch(Files::exists);
        if (lost) {
            throw new IllegalStateException("The state " + key + " in " + newestFirst[0]
                    + " is damaged, and so is the one before it: restore it from a copy, or remove it to begin anew");
        }
        return null;
    }

    private Path file(String key, String suffix) {
        return directory.resolve(URLEncoder.encode(key, StandardCharsets.UTF_8) + ".state" + suffix);
    }

    /** A stream and not a channel: an interrupt at a forced stop would close a channel in the middle. */
    private static void write(Path file, String value) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        String header = "%s 1 %d %08x%n".formatted(MAGIC, bytes.length, checksum(bytes, 0));
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write(header.getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
            out.getFD().sync();
        }
    }

    /** The value of a whole file; empty when the file is missing or damaged. */
    private static Optional<String> read(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            int end = 0;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            String[] header = new String(content, 0, end, StandardCharsets.US_ASCII)
                    .trim()
                    .split(" ");
            int start = Math.min(end + 1, content.length);
            int length = content.length - start;
            boolean whole = header.length == 4
                    && header[0].equals(MAGIC)
                    && header[2].equals(String.valueOf(length))
                    && header[3].equals("%08x".formatted(checksum(content, start)));
            return whole ? Optional.of(new String(content, start, length, StandardCharsets.UTF_8)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The state in " + file + " could not be read", e);
        }
    }

    private static long checksum(byte[] bytes, int offset) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, bytes.length - offset);
        return checksum.getValue();
    }

    /** Makes the renames durable. Not every platform can open a directory; there the rename itself must do. */
    private void forceDirectory() {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("Directory {} cannot be forced to the disk", directory, e);
        }
    }
}
