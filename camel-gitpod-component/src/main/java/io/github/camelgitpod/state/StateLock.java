package io.github.camelgitpod.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may save a state: one process, by a lock of the operating system on a file that stays empty, and in that process one
 * owner. When the process dies, however it dies, the operating system unlocks. The file is never removed: someone else may
 * have it open already.
 */
final class StateLock {
    private static final Logger LOG = LoggerFactory.getLogger(StateLock.class);
    /** One channel per file and process: to close a second one would unlock the first. */
    private static final Map<Path, StateLock> OF_THIS_PROCESS = new HashMap<>();

    private final FileChannel channel;
    private Object owner;

    private StateLock(FileChannel channel, Object owner) {
        this.channel = channel;
        this.owner = owner;
    }

    /** Whether the owner has the lock. */
    static boolean isHeld(Path file, Object owner) {
        synchronized (OF_THIS_PROCESS) {
            StateLock held = OF_THIS_PROCESS.get(file);
            return held != null && held.owner == owner;
        }
    }

    /**
     * Locks for this owner, who takes over from another one of this process.
     *
     * @return whether it could: false when another process has the lock
     */
    static boolean take(Path file, Object owner) throws IOException {
        synchronized (OF_THIS_PROCESS) {
            StateLock held = OF_THIS_PROCESS.get(file);
            if (held != null) {
                held.owner = owner;
                return true;
            }
            return lock(file, owner);
        }
    }

    /**
     * Locks for this owner.
     *
     * @return whether it could: false when another process or another owner has the lock
     */
    static boolean takeIfFree(Path file, Object owner) throws IOException {
        synchronized (OF_THIS_PROCESS) {
            StateLock held = OF_THIS_PROCESS.get(file);
            return held == null ? lock(file, owner) : held.owner == owner;
        }
    }

    /** Unlocks, if this owner has the lock. */
    static void release(Path file, Object owner) {
        synchronized (OF_THIS_PROCESS) {
            if (isHeld(file, owner)) {
                close(OF_THIS_PROCESS.remove(file).channel);
            }
        }
    }

    private static boolean lock(Path file, Object owner) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(channel, file)) {
            close(channel);
            return false;
        }
        OF_THIS_PROCESS.put(file, new StateLock(channel, owner));
        return true;
    }

    private static boolean tryLock(FileChannel channel, Path file) {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // Another copy of this class, such as in another web application of this process.
            return false;
        } catch (IOException e) {
            LOG.warn("{} cannot be locked on this file system: see to it that no other process uses it", file, e);
            return true;
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A lock's file could not be closed", e);
        }
    }
}
