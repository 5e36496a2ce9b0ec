package io.github.camelgitpod.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may save a state: one process, by a lock of the operating system on a file that stays empty, and in that process one
 * owner. When the process dies, however it dies, the operating system unlocks. The file is never removed: someone else may
 * have it open already. Somebody else may remove it all the same, and then two processes have a lock each: so before each save
 * it is compared with the file that is locked.
 */
final class StateLock {
    private static final Logger LOG = LoggerFactory.getLogger(StateLock.class);
    /** One channel per file and process: to close a second one would unlock the first. */
    private static final Map<Path, StateLock> OF_THIS_PROCESS = new HashMap<>();

    private final FileChannel channel;
    private final Object identity;
    private Object owner;

    private StateLock(FileChannel channel, Object identity, Object owner) {
        this.channel = channel;
        this.identity = identity;
        this.owner = owner;
    }

    /** Whether the owner has the lock. */
    static boolean isHeld(Path file, Object owner) {
        synchronized (OF_THIS_PROCESS) {
            StateLock held = OF_THIS_PROCESS.get(file);
            return held != null && held.owner == owner;
        }
    }

    /** Whether another owner of this process has the lock. */
    static boolean isHeldByAnother(Path file, Object owner) {
        synchronized (OF_THIS_PROCESS) {
            StateLock held = OF_THIS_PROCESS.get(file);
            return held != null && held.owner != owner;
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
            if (held != null && held.isOf(file)) {
                held.owner = owner;
                return true;
            }
            if (held != null) {
                close(OF_THIS_PROCESS.remove(file).channel);
            }
            return lock(file, owner);
        }
    }

    /** Whether the file that this process has locked is still there. */
    static boolean isIntact(Path file) throws IOException {
        synchronized (OF_THIS_PROCESS) {
            StateLock held = OF_THIS_PROCESS.get(file);
            return held != null && held.isOf(file);
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
        while (true) {
            PlainFiles.createIfMissing(file);
            Object identity = PlainFiles.identity(file);
            FileChannel channel = PlainFiles.write(file);
            if (!tryLock(channel, file)) {
                close(channel);
                return false;
            }
            StateLock lock = new StateLock(channel, identity, owner);
            if (lock.isOf(file)) {
                OF_THIS_PROCESS.put(file, lock);
                return true;
            }
            close(channel);
        }
    }

    private boolean isOf(Path file) throws IOException {
        try {
            return Objects.equals(identity, PlainFiles.identity(file));
        } catch (NoSuchFileException e) {
            return false;
        }
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
