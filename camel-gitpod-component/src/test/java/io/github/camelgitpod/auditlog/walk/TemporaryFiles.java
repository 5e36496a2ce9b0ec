package io.github.camelgitpod.auditlog.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The files of {@link PageStack}s, which have no name while they are used. */
public final class TemporaryFiles {
    private TemporaryFiles() {}

    /** That of a stack of this process is gone, as far as the system can tell. */
    public static void assertNone() throws IOException {
        assertThat(heldByThisProcess()).isNull();
    }

    /** A file that this process has open, if the system can tell; null: there is none. */
    public static Path heldByThisProcess() throws IOException {
        return heldByThisProcess("");
    }

    /** The same of one directory: a route of another test may not have ended yet. */
    static Path heldByThisProcess(Path directory) throws IOException {
        return heldByThisProcess(directory.toRealPath() + "/");
    }

    private static Path heldByThisProcess(String prefix) throws IOException {
        Path open = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(open));
        try (Stream<Path> files = Files.list(open)) {
            return files.filter(Files::isSymbolicLink)
                    .map(TemporaryFiles::target)
                    .filter(file -> file.toString().startsWith(prefix)
                            && file.toString().contains("gitpod-audit-logs"))
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
}
