package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.event.stream.Capacity;
import io.github.camelgitpod.event.stream.StreamClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;

/** Whether the queue has room for what streams receive, and whether the route has stalled. For any thread. */
final class QueueCapacity implements Capacity {
    private static final Duration SLICE = Duration.ofMillis(200);
    /** A slice that took so long had a sleep of the process in it, in which the route could take nothing. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private final Parcels parcels;
    private final Lock lock;
    private final int mostEvents;
    private final long mostBytes;
    private final Duration maxStall;
    private final StreamClock clock;
    private final Condition left;
    private volatile boolean busy;
    private volatile long busySince;

    /**
     * @param parcels    what the queue has
     * @param lock       under which that changes
     * @param mostEvents from so many events on there is no room
     * @param mostBytes  or from so many bytes on
     * @param maxStall   the route has stalled when one exchange takes so long while there is no room, sleeps not counted
     */
    QueueCapacity(Parcels parcels, Lock lock, int mostEvents, long mostBytes, Duration maxStall, StreamClock clock) {
        this.parcels = parcels;
        this.lock = lock;
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
        this.maxStall = maxStall;
        this.clock = clock;
        this.left = lock.newCondition();
    }

    /** There may be room now. Under the lock. */
    void hasChanged() {
        left.signalAll();
    }

    /** The route gets an exchange. */
    void exchangeBegins() {
        busySince = clock.nanos();
        busy = true;
    }

    void exchangeEnds() {
        busy = false;
    }

    /** For one stream. While it is on hold it may take half of the room, so that the others have some. */
    Capacity of(DeliveryLedger ledger) {
        return new Capacity() {
            @Override
            public boolean await(Pause pause) {
                return QueueCapacity.this.await(pause, this::isFull);
            }

            @Override
            public boolean isFull() {
                return QueueCapacity.this.isFull(ledger);
            }
        };
    }

    private boolean isFull(DeliveryLedger ledger) {
        lock.lock();
        try {
            return isFull() || parcels.areAside(ledger, mostEvents / 2, mostBytes / 2);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(Pause pause) {
        return await(pause, this::isFull);
    }

    private boolean await(Pause pause, BooleanSupplier full) {
        lock.lock();
        try {
            long fullSince = clock.nanos();
            while (full.getAsBoolean() && !pause.isEnded()) {
                if (hasStalled(fullSince)) {
                    return false;
                }
                long asked = clock.nanos();
                left.await(Math.min(SLICE.toNanos(), maxStall.toNanos()), TimeUnit.NANOSECONDS);
                fullSince += slept(clock.nanos() - asked);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** How much of a wait for a slice was a sleep. */
    private static long slept(long waited) {
        return waited < LATE.toNanos() ? 0 : waited - SLICE.toNanos();
    }

    @Override
    public boolean isFull() {
        lock.lock();
        try {
            return parcels.are(mostEvents, mostBytes);
        } finally {
            lock.unlock();
        }
    }

    private boolean hasStalled(long fullSince) {
        long since = busySince;
        long now = clock.nanos();
        return busy && Math.min(now - since, now - fullSince) >= maxStall.toNanos();
    }
}
