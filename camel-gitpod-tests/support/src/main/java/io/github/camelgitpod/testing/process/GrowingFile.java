package io.github.camelgitpod.testing.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file to which another process appends lines. */
public final class GrowingFile {
    private final Path file;
    private long offset;

    /** @param file need not be there yet */
    public GrowingFile(Path file) {
        this.file = file;
    }

    /** The lines that came since this was asked last, without one that is not whole yet, or that a kill cut off. */
    public List<String> newLines() throws IOException {
        if (Files.notExists(file)) {
            return List.of();
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(offset);
            byte[] bytes = new byte[(int) (in.length() - offset)];
            in.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            offset += end;
            return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
        }
    }
}
