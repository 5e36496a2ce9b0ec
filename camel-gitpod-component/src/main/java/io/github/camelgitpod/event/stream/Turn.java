package io.github.camelgitpod.event.stream;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** One run at a time; the thread that ends a run need not be the one that began it. */
public final class Turn {
    private final Lock lock;
    private final Condition over;
    private boolean taken;

    /** @param clock by which it waits */
    public Turn(StreamClock clock) {
        this.lock = clock.locks().get();
        this.over = lock.newCondition();
    }

    /** Waits until the run before is over. */
    public void take() {
        lock.lock();
        try {
            while (taken) {
                over.awaitUninterruptibly();
            }
            taken = true;
        } finally {
            lock.unlock();
        }
    }

    /** This run is over. */
    public void pass() {
        lock.lock();
        try {
            taken = false;
            over.signal();
        } finally {
            lock.unlock();
        }
    }
}
