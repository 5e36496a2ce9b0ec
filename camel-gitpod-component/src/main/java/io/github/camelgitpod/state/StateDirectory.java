package io.github.camelgitpod.state;

import io.github.camelgitpod.model.ShortKey;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory of states: what the files of a key are called, and who else may look. */
final class StateDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(StateDirectory.class);
    private static final String SUFFIX = ".state";
    /** With the longest of the endings, 255, which is what file systems take. */
    private static final int LONGEST_NAME = 240;
    /** Earlier versions could save so long a name once: only the file before was too long. */
    private static final int LONGEST_SAVED = 249;
    /** How much of a longer name is kept, for people. */
    private static final int KEPT = 100;

    private static final Set<Path> TOLD = ConcurrentHashMap.newKeySet();

    private final Path directory;

    StateDirectory(Path directory) {
        this.directory = directory;
    }

    /** Makes it if it is missing. One that is there stays as it is, but it is told if others may look into it. */
    void make() throws IOException {
        if (!Files.isDirectory(directory)) {
            DurableDirectories.create(directory);
            return;
        }
        PosixFileAttributeView view = Files.getFileAttributeView(directory, PosixFileAttributeView.class);
        Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
        if (view != null) {
            others.addAll(view.readAttributes().permissions());
            others.removeAll(PosixFilePermissions.fromString("rwx------"));
        }
        if (!others.isEmpty() && TOLD.add(directory.toRealPath())) {
            LOG.warn(
                    "stateDirectory={} is open to other users ({}), who may see or remove what is in it;"
                            + " a directory that is made here would be rwx------, and the files are rw-------",
                    directory,
                    PosixFilePermissions.toString(view.readAttributes().permissions()));
        }
    }

    Path file(String key) {
        return directory.resolve(name(key) + SUFFIX);
    }

    /** Where an earlier version may have saved it once; empty: nowhere else. */
    Optional<Path> earlierFile(String key) {
        String encoded = encode(key);
        return encoded.equals(name(key)) || encoded.length() > LONGEST_SAVED
                ? Optional.empty()
                : Optional.of(directory.resolve(encoded + SUFFIX));
    }

    /** By its real path, so that two ways to one directory meet. */
    Path lock(String key) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new FileSystemException(directory.toString(), null, "there is no such directory any more");
        }
        return directory.toRealPath().resolve(name(key) + SUFFIX + ".lock");
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    /** No encoded key has a tilde, so none is called like one that is shortened. */
    private static String name(String key) {
        String encoded = encode(key);
        boolean asItIs = encoded.length() <= LONGEST_NAME
                && StandardCharsets.UTF_8.newEncoder().canEncode(key);
        return asItIs ? encoded : encoded.substring(0, Math.min(KEPT, encoded.length())) + "~" + ShortKey.hash(key);
    }

    private static String encode(String key) {
        // The encoder leaves the asterisk, which is no part of a file's name on Windows.
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("*", "%2A");
    }
}
