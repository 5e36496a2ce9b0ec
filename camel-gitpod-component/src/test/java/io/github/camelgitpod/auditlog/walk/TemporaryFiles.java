package io.github.camelgitpod.auditlog.walk;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The files of {@link PageStack}s in the directory for temporary files, where other processes may have such files too. */
public final class TemporaryFiles {
    private final Set<Path> before = list();

    /** The files that are there now and were not there at first. */
    Set<Path> added() {
        Set<Path> added = list();
        added.removeAll(before);
        return added;
    }

    public void awaitNone() {
        await().until(() -> added().isEmpty());
    }

    /** A file that this process has open, if the system can tell; null: there is none. */
    Path heldByThisProcess() throws IOException {
        Path open = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(open));
        try (Stream<Path> files = Files.list(open)) {
            return files.filter(Files::isSymbolicLink)
                    .map(TemporaryFiles::target)
                    .filter(file -> file.toString().contains("gitpod-audit-logs"))
                    .findFirst()
                    .orElse(null);
        }
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            return link;
        }
    }

    private static Set<Path> list() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().matches("gitpod-audit-logs.*pages"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
