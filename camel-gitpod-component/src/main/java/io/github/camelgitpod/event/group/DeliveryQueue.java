package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.event.stream.Capacity;
import io.github.camelgitpod.event.stream.StreamClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * What streams have received and the route has not taken yet, in the order of arrival. What was read always gets in; the
 * bound is that each stream asks for room before it reads more. Any thread adds, one takes.
 */
final class DeliveryQueue implements Capacity {
    private static final Duration SLICE = Duration.ofMillis(200);

    private final int mostEvents;
    private final long mostBytes;
    private final Duration maxStall;
    private final StreamClock clock;
    private final Lock lock;
    private final Condition arrived;
    private final Condition left;
    private final Deque<Parcel> parcels = new ArrayDeque<>();
    private int events;
    private long bytes;
    private volatile boolean open;
    private volatile boolean busy;
    private volatile long busySince;

    /**
     * @param mostEvents from so many events on there is no room
     * @param mostBytes or from so many bytes on
     * @param maxStall  the route has stalled when one exchange takes so long while there is no room
     */
    DeliveryQueue(int mostEvents, long mostBytes, Duration maxStall, StreamClock clock) {
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
        this.maxStall = maxStall;
        this.clock = clock;
        this.lock = clock.locks().get();
        this.arrived = lock.newCondition();
        this.left = lock.newCondition();
    }

    void add(Parcel parcel) {
        parcel.ledger().queued(parcel.gap());
        lock.lock();
        try {
            parcels.add(parcel);
            if (parcel instanceof Parcel.Events some) {
                events += some.count();
                bytes += some.bytes();
            }
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The oldest parcel, which stays until {@link #remove}; waits for one.
     *
     * @return null: none came in that time, or this is closed
     */
    Parcel head(Duration longest) {
        lock.lock();
        try {
            long remaining = longest.toNanos();
            while (parcels.isEmpty() && open && remaining > 0) {
                remaining = arrived.awaitNanos(remaining);
            }
            return open ? parcels.peek() : null;
        } catch (InterruptedException e) {
            // A route may leave an interrupt behind. To end the delivery, this is closed.
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** The oldest parcel was delivered. */
    void remove(Parcel head) {
        lock.lock();
        try {
            parcels.remove();
            if (head instanceof Parcel.Events some) {
                events -= some.count();
                bytes -= some.bytes();
            }
            left.signalAll();
        } finally {
            lock.unlock();
        }
        head.ledger().unqueued(head.gap());
    }

    /** Ends the waits for parcels until it is opened again; what is here stays. */
    void close() {
        setOpen(false);
    }

    void open() {
        setOpen(true);
    }

    boolean isOpen() {
        return open;
    }

    private void setOpen(boolean value) {
        lock.lock();
        try {
            open = value;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The route gets an exchange. */
    void exchangeBegins() {
        busySince = clock.nanos();
        busy = true;
    }

    void exchangeEnds() {
        busy = false;
    }

    @Override
    public boolean await(Pause pause) {
        lock.lock();
        try {
            long fullSince = clock.nanos();
            while (isFull() && !pause.isEnded()) {
                if (hasStalled(fullSince)) {
                    return false;
                }
                left.await(Math.min(SLICE.toNanos(), maxStall.toNanos()), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isFull() {
        lock.lock();
        try {
            return events >= mostEvents || bytes >= mostBytes;
        } finally {
            lock.unlock();
        }
    }

    /** How many events wait. */
    int size() {
        lock.lock();
        try {
            return events;
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
