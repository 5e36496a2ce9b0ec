package io.github.camelgitpod.event.group;

import io.github.camelgitpod.event.stream.StreamClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * What streams have received and the route has not taken yet, in the order of arrival. What was read always gets in; the
 * bound is that each stream asks for room before it reads more. Any thread adds, one takes. What a stream brings can be put
 * on hold, while what it missed before is recovered; the others do not wait for it.
 */
final class DeliveryQueue {
    private final Lock lock;
    private final Condition arrived;
    private final Condition errandDone;
    private final Parcels parcels = new Parcels();
    private final QueueCapacity capacity;
    private final Deque<Parcel.Errand> errands = new ArrayDeque<>();
    private boolean released;
    private volatile boolean open;

    /** Ends an errand that nobody will do. */
    static final class ClosedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ClosedException() {
            super("stopped", null, false, false);
        }
    }

    /**
     * @param mostEvents from so many events on there is no room
     * @param mostBytes or from so many bytes on
     * @param maxStall  the route has stalled when one exchange takes so long while there is no room
     */
    DeliveryQueue(int mostEvents, long mostBytes, Duration maxStall, StreamClock clock) {
        this.lock = clock.locks().get();
        this.arrived = lock.newCondition();
        this.capacity = new QueueCapacity(parcels, lock, mostEvents, mostBytes, maxStall, clock);
        this.errandDone = lock.newCondition();
    }

    void add(Parcel parcel) {
        parcel.ledger().queued(parcel.since());
        lock.lock();
        try {
            parcels.add(parcel);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has something done by the thread that takes parcels, before what waits there.
     *
     * @throws ClosedException when it is not done, since this is closed
     */
    void run(Parcel.Errand errand) {
        lock.lock();
        try {
            errands.add(errand);
            arrived.signal();
            while (!errand.isDone()) {
                if (!open && errands.remove(errand)) {
                    throw new ClosedException();
                }
                if (!errand.isDone()) {
                    errandDone.awaitUninterruptibly();
                }
            }
        } finally {
            lock.unlock();
        }
        errand.rethrow();
    }

    /** Whether something is to be done before the next event. */
    boolean hasErrand() {
        lock.lock();
        try {
            return !errands.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * A recovery begins: what the stream brings waits until {@link #release}. By the thread that takes parcels, and not while
     * it has one.
     */
    void hold(DeliveryLedger ledger) {
        lock.lock();
        try {
            ledger.recoveryBegins();
            parcels.hold(ledger);
        } finally {
            lock.unlock();
        }
    }

    /** Adds a parcel before all others of its stream, which is on hold. */
    void addFirst(Parcel parcel) {
        parcel.ledger().queued(parcel.since());
        lock.lock();
        try {
            parcels.addFirst(parcel);
        } finally {
            lock.unlock();
        }
    }

    /** The recovery has ended, and what the stream brought meanwhile is next. From any thread. */
    void release(DeliveryLedger ledger) {
        lock.lock();
        try {
            // Both at once: else the next recovery could begin before the stream is released.
            ledger.recoveryEnds();
            parcels.release(ledger);
            released = true;
            arrived.signal();
            capacity.hasChanged();
        } finally {
            lock.unlock();
        }
    }

    /**
     * An errand, or else the oldest parcel, which stays until {@link #remove}; waits for one.
     *
     * @return null: none came in that time, or a stream is no longer on hold, or this is closed
     */
    Parcel head(Duration longest) {
        lock.lock();
        try {
            long remaining = longest.toNanos();
            while (parcels.peek() == null && errands.isEmpty() && !released && open && remaining > 0) {
                remaining = arrived.awaitNanos(remaining);
            }
            released = false;
            if (!open) {
                return null;
            }
            Parcel errand = errands.poll();
            return errand != null ? errand : parcels.peek();
        } catch (InterruptedException e) {
            // A route may leave an interrupt behind. To end the delivery, this is closed.
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** What was taken as the head was delivered. */
    void remove(Parcel head) {
        lock.lock();
        try {
            if (head instanceof Parcel.Errand errand) {
                errand.isDoneNow();
                errandDone.signalAll();
                return;
            }
            parcels.remove(head);
            capacity.hasChanged();
        } finally {
            lock.unlock();
        }
        head.ledger().unqueued(head.since());
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
            errandDone.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is room for what streams receive. */
    QueueCapacity capacity() {
        return capacity;
    }

    /** How many events wait. */
    int size() {
        lock.lock();
        try {
            return parcels.events();
        } finally {
            lock.unlock();
        }
    }
}
