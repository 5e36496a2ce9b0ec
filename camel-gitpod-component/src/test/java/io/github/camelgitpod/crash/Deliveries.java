package io.github.camelgitpod.crash;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the children's routes got, read from their file as it grows. */
final class Deliveries {
    private final Path file;
    private final Set<String> ids = new HashSet<>();
    private final List<Integer> duplicatesPerRun = new ArrayList<>();
    private final List<Long> recoveries = new ArrayList<>();
    private long offset;

    Deliveries(Path directory) {
        this.file = Child.deliveries(directory);
    }

    /** @param startedAt when the child was started whose run is over, or is to be read so far */
    void read(long startedAt) throws IOException {
        int duplicates = 0;
        boolean recovered = false;
        for (String line : newLines()) {
            String[] words = line.split(" ");
            if (!ids.add(words[0])) {
                duplicates++;
            } else if (!recovered) {
                recovered = true;
                recoveries.add(Long.parseLong(words[1]) - startedAt);
            }
        }
        duplicatesPerRun.add(duplicates);
    }

    private List<String> newLines() throws IOException {
        if (Files.notExists(file)) {
            return List.of();
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(offset);
            byte[] bytes = new byte[(int) (in.length() - offset)];
            in.readFully(bytes);
            String text = new String(bytes, StandardCharsets.US_ASCII);
            int end = text.lastIndexOf('\n') + 1;
            offset += end;
            return text.substring(0, end).lines().toList();
        }
    }

    Set<String> ids() {
        return ids;
    }

    int duplicates() {
        return duplicatesPerRun.stream().mapToInt(Integer::intValue).sum();
    }

    int mostDuplicatesInARun() {
        return duplicatesPerRun.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Milliseconds from the start of a process to its first new exchange, ascending; not of runs that had none. */
    List<Long> recoveries() {
        return recoveries.stream().sorted().toList();
    }
}
