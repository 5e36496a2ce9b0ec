package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.event.stream.Room;
import io.github.camelgitpod.event.stream.StreamClock;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * What streams have received and the route has not taken yet, in the order of its arrival. It is bounded by asking for
 * room before more is read; what was read always gets in. Any thread adds, one takes.
 */
public final class DeliveryQueue implements Room {
    /** What an event costs beside its text, roughly. */
    private static final int OVERHEAD = 400;

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
    private boolean closed;
    private volatile boolean busy;
    private volatile long busySince;

    /** Something on its way from a stream to the route. */
    sealed interface Parcel {
        DeliveryLedger feed();
    }

    /** A connection was opened; the gap is null for the first one. */
    record Opened(DeliveryLedger feed, StreamGap gap) implements Parcel {}

    /** Something to be done in between, on the thread that delivers. */
    record Task(DeliveryLedger feed, Runnable action) implements Parcel {}

    /** A line was received that is no event. */
    record Skipped(DeliveryLedger feed, StreamGap gap) implements Parcel {}

    /** Events that came together, and how many of them were delivered. */
    static final class Events implements Parcel {
        private final DeliveryLedger feed;
        final List<GitpodEvent> events;
        int delivered;

        Events(DeliveryLedger feed, List<GitpodEvent> events) {
            this.feed = feed;
            this.events = events;
        }

        @Override
        public DeliveryLedger feed() {
            return feed;
        }

        long bytes() {
            return events.stream()
                    .mapToLong(event -> OVERHEAD + event.json().length())
                    .sum();
        }
    }

    /**
     * @param mostEvents from so many events on there is no room
     * @param mostBytes or from so many bytes on
     * @param maxStall  the route has stalled when one exchange takes so long while there is no room
     */
    public DeliveryQueue(int mostEvents, long mostBytes, Duration maxStall, StreamClock clock) {
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
        this.maxStall = maxStall;
        this.clock = clock;
        this.lock = clock.locks().get();
        this.arrived = lock.newCondition();
        this.left = lock.newCondition();
    }

    void add(Parcel parcel) {
        lock.lock();
        try {
            parcels.add(parcel);
            if (parcel instanceof Events some) {
                events += some.events.size();
                bytes += some.bytes();
            }
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The oldest parcel, which stays until it is {@link #remove removed}; waits for one.
     *
     * @return null: none came in that time, or this was closed
     */
    Parcel head(Duration longest) {
        lock.lock();
        try {
            long remaining = longest.toNanos();
            while (parcels.isEmpty() && !closed && remaining > 0) {
                remaining = arrived.awaitNanos(remaining);
            }
            return closed ? null : parcels.peek();
        } catch (InterruptedException e) {
            // A route may leave an interrupt behind; who wants the delivery to end closes this.
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
            if (head instanceof Events some) {
                events -= some.events.size();
                bytes -= some.bytes();
            }
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the waits for parcels until it is opened again; what is here stays. */
    void close() {
        closed(true);
    }

    void open() {
        closed(false);
    }

    private void closed(boolean value) {
        lock.lock();
        try {
            closed = value;
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
