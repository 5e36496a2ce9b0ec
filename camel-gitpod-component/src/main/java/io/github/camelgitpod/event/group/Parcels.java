package io.github.camelgitpod.event.group;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Parcels in the order in which they are to be taken. Those of a stream that is on hold wait aside. Used under its owner's
 * lock.
 */
final class Parcels {
    private final Deque<Parcel> next = new ArrayDeque<>();
    private final Map<DeliveryLedger, Deque<Parcel>> onHold = new HashMap<>();
    private int events;
    private long bytes;

    void add(Parcel parcel) {
        onHold.getOrDefault(parcel.ledger(), next).add(parcel);
        if (parcel instanceof Parcel.Events some) {
            events += some.count();
            bytes += some.bytes();
        }
    }

    /** Adds a parcel without events before all others of its stream, which is on hold. */
    void addFirst(Parcel parcel) {
        onHold.get(parcel.ledger()).addFirst(parcel);
    }

    /** The next one; null: there is none, or those that there are wait aside. */
    Parcel peek() {
        return next.peek();
    }

    /** Removes one that was the next one. It is that still, unless others were released meanwhile. */
    void remove(Parcel parcel) {
        Iterator<Parcel> all = next.iterator();
        while (all.next() != parcel) {
            continue;
        }
        all.remove();
        if (parcel instanceof Parcel.Events some) {
            events -= some.count();
            bytes -= some.bytes();
        }
    }

    /** The stream's parcels wait aside from now on. */
    void hold(DeliveryLedger ledger) {
        Deque<Parcel> aside = new ArrayDeque<>();
        next.removeIf(parcel -> parcel.ledger() == ledger && aside.add(parcel));
        onHold.put(ledger, aside);
    }

    /** The stream's parcels are the next ones. */
    void release(DeliveryLedger ledger) {
        onHold.remove(ledger).descendingIterator().forEachRemaining(next::addFirst);
    }

    /** How many events there are, those that wait aside included. */
    int events() {
        return events;
    }

    /** Whether there are so many events, or so many bytes of them. */
    boolean are(int mostEvents, long mostBytes) {
        return events >= mostEvents || bytes >= mostBytes;
    }

    /** Whether so many wait aside of one stream. */
    boolean areAside(DeliveryLedger ledger, int mostEvents, long mostBytes) {
        int count = 0;
        long size = 0;
        for (Parcel parcel : onHold.getOrDefault(ledger, new ArrayDeque<>())) {
            if (parcel instanceof Parcel.Events some) {
                count += some.count();
                size += some.bytes();
            }
        }
        return count >= mostEvents || size >= mostBytes;
    }
}
