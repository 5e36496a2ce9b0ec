package io.github.camelgitpod.soak;

import io.github.camelgitpod.testing.organization.Changes.Change;
import io.github.camelgitpod.testing.process.GrowingFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** What a process delivered, read from its file as it grows. */
final class Deliveries {
    private final GrowingFile file;
    private final Set<String> entries = new HashSet<>();
    private final Set<String> events = new HashSet<>();
    private int repeatedEntries;
    private int repeatedEvents;

    Deliveries(Path file) {
        this.file = new GrowingFile(file);
    }

    void read() throws IOException {
        file.newLines().forEach(this::note);
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
    long missingEvents(Collection<Change> changes) {
        return changes.stream()
                .filter(change -> !events.contains(change.what()))
                .count();
    }

    int repeatedEntries() {
        return repeatedEntries;
    }

    int repeatedEvents() {
        return repeatedEvents;
    }
}
