package io.github.camelgitpod.state;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Keeps each state in files of its own in one directory.
 *
 * <p><b>Crashes.</b> A crash of the process or of the machine at any moment leaves the state saved last or the one that was
 * being saved, never none and never a part: a save adds a line with a checksum to the file, and forces it to the disk. Now and
 * then, when the file is a megabyte long, and with the first saves, a new one is written to a temporary file, forced to the disk, and
 * renamed, and the rename is forced to the disk; the one before is kept beside it. What is damaged otherwise is noticed, and the
 * last state before it is used; when there is none in either file, or when a file is of an unknown version, reading it fails:
 * nothing begins anew on its own.
 *
 * <p><b>Failures.</b> When a state cannot be saved, as on a full disk, {@link #setState} throws, and the one saved before
 * stays. What is no plain file, such as a symbolic link or a pipe, is refused in the place of one. New files and a new
 * directory are for their owner only, where the file system can.
 *
 * <p><b>Two at once.</b> A state belongs to the started repository that read it, until that one is stopped, or its process
 * ends in whatever way: an operating system's lock on a file beside the state sees to it. While it is held, reading the
 * state in another process fails, and the message names directory and key. Within one process, the repository that read the
 * state last owns it, and saving by the one before fails. An owner that was stopped may still save, as a poll that outlives
 * its consumer does, unless the state has been taken or changed by someone else meanwhile. A repository that is not started
 * reads without owning. When the lock's file is removed while it is held, nothing can be saved any more, since another
 * process may have taken the state. On a file system without locks there is a warning and no such protection between processes.
 *
 * <p>Safe for use by several threads.
 */
public final class CrashSafeFileStateRepository extends ServiceSupport implements StateRepository<String, String> {
    private final StateDirectory directory;
    private final StateFile.FailPoint failPoint;
    private final Set<Path> locks = new HashSet<>();
    private final Map<String, StateFile> files = new HashMap<>();
    /** By key, what the state was when this repository read or saved it last: not the text, which can be large. */
    private final Map<String, String> known = new HashMap<>();

    /** @param directory is made if it is missing */
    public CrashSafeFileStateRepository(Path directory) {
        this(directory, step -> {});
    }

    /** @param failPoint for tests: told of each step of each save */
    CrashSafeFileStateRepository(Path directory, StateFile.FailPoint failPoint) {
        this.directory = new StateDirectory(directory);
        this.failPoint = failPoint;
    }

    @Override
    protected void doStart() throws Exception {
        try {
            directory.make();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @Override
    protected synchronized void doStop() throws Exception {
        files.clear();
        locks.forEach(lock -> StateLock.release(lock, this));
        locks.clear();
    }

    /**
     * Saves a state.
     *
     * @throws StateUnavailableException when it could not be saved
     * @throws OvertakenException    when the state belongs to someone else now; to read it again is to take it over, if that
     *                               one is in this process or stopped
     */
    @Override
    public synchronized void setState(String key, String value) {
        try {
            Path lock = directory.lock(key);
            boolean owned = StateLock.isHeld(lock, this);
            if (owned && !StateLock.isIntact(lock)) {
                throw new StateUnavailableException(
                        "The lock file " + lock + " was removed or replaced while it was held, so"
                                + " another process may own the state " + key
                                + " now: nothing is saved. Leave the .lock files"
                                + " alone; restart the route, with no other consumer of this directory and key",
                        null);
            }
            if (!owned && !StateLock.takeIfFree(lock, this)) {
                throw notOwned(key);
            }
            try {
                if (!owned) {
                    file(key).release();
                }
                if (!owned && known.containsKey(key) && !known.get(key).equals(fingerprint(load(key)))) {
                    throw new OvertakenException("The state " + key + " in " + directory
                            + " was changed by another consumer, which owns it now: it is not saved over");
                }
                file(key).save(value);
                known.put(key, fingerprint(value));
            } finally {
                if (!owned) {
                    keepWhileStarted(lock);
                }
            }
        } catch (IOException e) {
            throw new StateUnavailableException(
                    "The state " + key + " could not be saved in " + directory + ": " + why(e), e);
        }
    }

    /**
     * Reads a state and, while started, takes ownership of it; null when there never was one.
     *
     * @throws OvertakenException    when another process owns it
     * @throws StateUnavailableException when the files cannot be read
     * @throws IllegalStateException when there are files for this key and none of them is whole, or when they are of another
     *                               version
     */
    @Override
    public synchronized String getState(String key) {
        try {
            if (isStarted()) {
                take(key);
                file(key).release();
            }
            String value = load(key);
            known.put(key, fingerprint(value));
            return value;
        } catch (IOException e) {
            throw unreadable(key, e);
        }
    }

    private StateUnavailableException unreadable(String key, IOException e) {
        return new StateUnavailableException(
                "The state " + key + " could not be read in " + directory + ": " + why(e), e);
    }

    /**
     * Reads a state without taking ownership of it; null when there never was one.
     *
     * @throws OvertakenException when another repository of this process owns it
     */
    synchronized String look(String key) {
        try {
            if (StateLock.isHeldByAnother(directory.lock(key), this)) {
                throw notOwned(key);
            }
            return load(key);
        } catch (IOException e) {
            throw unreadable(key, e);
        }
    }

    /** Whether this is what was read or saved last by this repository, for whomever. */
    synchronized boolean isKnown(String key, String text) {
        return !known.containsKey(key) || known.get(key).equals(fingerprint(text));
    }

    private String load(String key) throws IOException {
        Optional<String> value = file(key).load(key);
        Optional<Path> earlier = directory.earlierFile(key);
        if (value.isEmpty() && earlier.isPresent()) {
            value = new StateFile(earlier.get(), failPoint).load(key);
        }
        return value.orElse(null);
    }

    private static String fingerprint(String value) {
        return value == null ? "none" : value.length() + " " + value.hashCode();
    }

    private void take(String key) throws IOException {
        Path lock = directory.lock(key);
        boolean taken;
        try {
            taken = StateLock.take(lock, this);
        } catch (IOException e) {
            throw unusable(e);
        }
        if (!taken) {
            throw notOwned(key);
        }
        locks.add(lock);
    }

    private void keepWhileStarted(Path lock) {
        if (isStarted()) {
            locks.add(lock);
        } else {
            StateLock.release(lock, this);
        }
    }

    private OvertakenException notOwned(String key) {
        return new OvertakenException("The state " + key + " in stateDirectory=" + directory
                + " is in use by another consumer, in this process or another one; allowed: one consumer at a time for each"
                + " directory and key. Stop the other one, or give this one a stateDirectory or stateKey of its own");
    }

    private IllegalArgumentException unusable(IOException cause) {
        return new IllegalArgumentException(
                "Option stateDirectory=" + directory + " cannot be used; allowed: a directory that can be written to. "
                        + why(cause),
                cause);
    }

    /** Where the system gives no reason, it is what the exception is called. */
    private static String why(IOException e) {
        return e instanceof FileSystemException file && file.getReason() == null ? e.toString() : e.getMessage();
    }

    private StateFile file(String key) {
        return files.computeIfAbsent(key, of -> new StateFile(directory.file(of), failPoint));
    }
}
