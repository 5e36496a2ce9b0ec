package io.github.camelgitpod.examples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The folder of the demo: the file, the cursor, and the simulated organization, which belong together. */
record DataDirectory(Path path) {

    AuditLogFile file() {
        return new AuditLogFile(path.resolve("audit-log.jsonl"));
    }

    Path organization() {
        return path.resolve("organization.properties");
    }

    /** Explains what is odd about what earlier runs have left; null: nothing. */
    String oddity() throws IOException {
        boolean file = Files.exists(file().path());
        boolean cursor = hasCursor();
        if (file == cursor) {
            return null;
        }
        return cursor
                ? file().path() + " is missing, but the cursor is there: what the file held is not read again"
                : "the cursor is missing, but " + file().path()
                        + " is there: all entries are read again, and the file will hold" + " them twice";
    }

    /** Whether somebody has deleted it while the demo runs. */
    boolean isGone() {
        return Files.notExists(path.resolve("state"));
    }

    private boolean hasCursor() throws IOException {
        Path state = path.resolve("state");
        if (Files.notExists(state)) {
            return false;
        }
        try (Stream<Path> files = Files.list(state)) {
            return files.anyMatch(name -> name.toString().endsWith(".state"));
        }
    }
}
