package io.github.camelgitpod.soak;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** What a process delivered, read from its file as it grows. */
final class Deliveries {
    private final Path file;
    private final Set<String> entries = new HashSet<>();
    private final Set<String> events = new HashSet<>();
    private int repeatedEntries;
    private int repeatedEvents;
    private long offset;

    Deliveries(Path file) {
        this.file = file;
    }

    void read() throws IOException {
        if (Files.notExists(file)) {
            return;
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(offset);
            byte[] bytes = new byte[(int) (in.length() - offset)];
            in.readFully(bytes);
            String text = new String(bytes, StandardCharsets.US_ASCII);
            int end = text.lastIndexOf('\n') + 1;
            offset += end;
            text.substring(0, end).lines().forEach(this::note);
        }
    }

    private void note(String line) {
        String what = line.substring(2);
        if (line.startsWith("A")) {
            repeatedEntries += entries.add(what) ? 0 : 1;
        } else {
            repeatedEvents += events.add(what) ? 0 : 1;
        }
    }

    /** How many of these entries never came. */
    long missingEntries(Collection<String> ids) {
        return ids.stream().filter(id -> !entries.contains(id)).count();
    }

    /** How many of these events never came, neither by the stream nor recovered. */
    long missingEvents(Collection<String> changes) {
        return changes.stream().filter(change -> !events.contains(change)).count();
    }

    int repeatedEntries() {
        return repeatedEntries;
    }

    int repeatedEvents() {
        return repeatedEvents;
    }
}
