package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;

/**
 * A clock and the threads that live by it. One thread runs at a time, until it waits; which one is next, the test
 * decides, so that the same choices play the same history again. Time passes only while all of them wait.
 *
 * <p>A thread may wait only by {@link #await}, by {@link #clock}, or by its locks, and never while it holds a monitor.
 */
public final class VirtualTime {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long NEVER = Long.MAX_VALUE;
    private static final Duration HUNG = Duration.ofSeconds(20);
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "virtual time");
        thread.setDaemon(true);
        return thread;
    });

    private SteadyClock steady = new SteadyClock(this::timeOfDay, () -> this.nanos);
    private final IntUnaryOperator choice;
    private final Thread test = Thread.currentThread();
    private final List<Waiter> waiters = new ArrayList<>();
    private final List<Timer> timers = new ArrayList<>();
    private long nanos;
    private Duration setBack = Duration.ZERO;
    private Throwable failure;
    /** Whose turn it is; null: the test's. */
    private volatile Waiter running;

    private final Machine awake = new Machine();

    private static final class Waiter {
        final Machine machine;
        volatile Thread thread;
        BooleanSupplier ready = () -> true;
        long until;

        Waiter(Machine machine) {
            this.machine = machine;
        }
    }

    private record Timer(long at, Runnable task, Machine machine) {}

    /** Has threads of its own: while it sleeps, time goes on, and none of them runs. */
    public final class Machine {
        private boolean asleep;

        /** A thread more. */
        public void execute(Runnable task) {
            VirtualTime.this.execute(task, this);
        }

        /** Has something done later, which does not wait. */
        public void schedule(Runnable task, Duration wait) {
            timers.add(new Timer(nanos + wait.toNanos(), task, this));
        }

        public void sleep() {
            asleep = true;
        }

        public void wake() {
            asleep = false;
        }

        public boolean isAsleep() {
            return asleep;
        }
    }

    /** One that can sleep while others do not. */
    public Machine machine() {
        return new Machine();
    }

    /** @param choice one of the numbers below its argument, which is at least 1: which thread runs next */
    public VirtualTime(IntUnaryOperator choice) {
        this.choice = choice;
    }

    public StreamClock clock() {
        return new StreamClock(
                steady,
                () -> nanos,
                (pause, time) -> !await(pause::isEnded, time) && !pause.isEnded(),
                VirtualLock::new);
    }

    public Instant now() {
        return START.plusNanos(nanos);
    }

    /** As this machine's clock has it. */
    public Instant timeOfDay() {
        return now().minus(setBack);
    }

    /** What was noted before is told by the clock as it is set now. */
    public void newProcess() {
        steady = new SteadyClock(this::timeOfDay, () -> this.nanos);
    }

    /** This machine's clock is set back. */
    public void setBack(Duration by) {
        setBack = setBack.plus(by);
    }

    /** A thread more. */
    public void execute(Runnable task) {
        awake.execute(task);
    }

    private void execute(Runnable task, Machine machine) {
        Waiter waiter = new Waiter(machine);
        waiters.add(waiter);
        THREADS.execute(() -> {
            waiter.thread = Thread.currentThread();
            awaitTurn(waiter);
            try {
                task.run();
            } catch (Throwable e) {
                failure = e;
            }
            waiters.remove(waiter);
            handOn(next());
        });
    }

    /** Has something done later, which does not wait. */
    public void schedule(Runnable task, Duration wait) {
        awake.schedule(task, wait);
    }

    /** For a thread of this time: waits; false: the condition did not become true in that time. */
    public boolean await(BooleanSupplier ready, Duration longest) {
        return await(ready, nanos + longest.toNanos());
    }

    /** For a thread of this time: waits until a condition is true. */
    public void await(BooleanSupplier ready) {
        await(ready, NEVER);
    }

    /** For a thread of this time: lets others run. */
    public void yieldTurn() {
        await(() -> true, NEVER);
    }

    private boolean await(BooleanSupplier ready, long until) {
        Waiter self = running;
        if (self == null) {
            throw new IllegalStateException("The test's own thread would have to wait for ever");
        }
        self.ready = ready;
        self.until = until;
        waiters.remove(self);
        waiters.add(self);
        Waiter next = next();
        if (next != self) {
            handOn(next);
            awaitTurn(self);
        }
        return ready.getAsBoolean();
    }

    private void handOn(Waiter next) {
        running = next;
        // A thread that has not begun yet will see that it is its turn.
        LockSupport.unpark(next == null ? test : next.thread);
    }

    private void awaitTurn(Waiter self) {
        while (running != self) {
            LockSupport.park(this);
        }
    }

    /** Who can run; null: nobody. */
    private Waiter next() {
        while (failure == null) {
            List<Waiter> able = waiters.stream()
                    .filter(waiter -> !waiter.machine.asleep)
                    .filter(waiter -> waiter.until != NEVER && waiter.until <= nanos || waiter.ready.getAsBoolean())
                    .toList();
            List<Timer> due = timers.stream()
                    .filter(timer -> timer.at <= nanos && !timer.machine.asleep)
                    .toList();
            int count = able.size() + due.size();
            if (count == 0) {
                return null;
            }
            int chosen = choice.applyAsInt(count);
            if (chosen < able.size()) {
                return able.get(chosen);
            }
            Timer timer = due.get(chosen - able.size());
            timers.remove(timer);
            timer.task.run();
        }
        return null;
    }

    /** Lets threads run until all of them wait. */
    public void settle() {
        Waiter next = next();
        if (next != null) {
            handOn(next);
            long begin = System.nanoTime();
            while (running != null) {
                LockSupport.parkNanos(this, HUNG.toNanos());
                Waiter hung = running;
                if (hung != null && System.nanoTime() - begin > HUNG.toNanos()) {
                    AssertionError error = new AssertionError("A thread waits outside of the virtual time");
                    error.setStackTrace(hung.thread.getStackTrace());
                    throw error;
                }
            }
        }
        if (failure != null) {
            throw new AssertionError("A thread failed", failure);
        }
    }

    /** Lets time pass, and threads run meanwhile. */
    public void pass(Duration time) {
        long until = nanos + time.toNanos();
        settle();
        for (long next = nextDeadline(); next <= until; next = nextDeadline()) {
            nanos = Math.max(nanos, next);
            settle();
        }
        nanos = until;
    }

    /** The process sleeps: time passes, and nothing runs meanwhile. */
    public void sleep(Duration time) {
        settle();
        nanos += time.toNanos();
    }

    private long nextDeadline() {
        long next = NEVER;
        for (Waiter waiter : waiters) {
            next = waiter.machine.asleep ? next : Math.min(next, waiter.until);
        }
        for (Timer timer : timers) {
            next = timer.machine.asleep ? next : Math.min(next, timer.at);
        }
        return next;
    }

    /** How many threads have not ended. */
    public int threads() {
        return waiters.size();
    }

    /** Where the threads are that have not ended. */
    public String whereThreadsAre() {
        StringBuilder text = new StringBuilder();
        waiters.stream()
                .sorted(Comparator.comparingLong(waiter -> waiter.until))
                .forEach(waiter -> {
                    text.append("\n- a thread at");
                    for (StackTraceElement frame : waiter.thread.getStackTrace()) {
                        if (frame.getClassName().startsWith("io.github.camelgitpod")) {
                            text.append("\n    ").append(frame);
                        }
                    }
                });
        return text.toString();
    }

    private final class VirtualLock implements Lock {
        private Thread owner;
        private int holds;

        @Override
        public void lock() {
            if (!isFree()) {
                await(() -> owner == null);
            }
            owner = Thread.currentThread();
            holds++;
        }

        boolean isFree() {
            return owner == null || owner == Thread.currentThread();
        }

        @Override
        public void unlock() {
            if (--holds == 0) {
                owner = null;
            }
        }

        @Override
        public Condition newCondition() {
            return new VirtualCondition(this);
        }

        @Override
        public void lockInterruptibly() {
            lock();
        }

        @Override
        public boolean tryLock() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean tryLock(long time, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }
    }

    private final class VirtualCondition implements Condition {
        private final VirtualLock lock;
        private final List<boolean[]> waiting = new ArrayList<>();

        VirtualCondition(VirtualLock lock) {
            this.lock = lock;
        }

        @Override
        public long awaitNanos(long time) {
            long until = time > NEVER - nanos ? NEVER : nanos + time;
            boolean[] signal = {false};
            waiting.add(signal);
            if (lock.holds != 1) {
                throw new IllegalStateException("A lock that is held twice is not given up here");
            }
            lock.unlock();
            VirtualTime.this.await(() -> signal[0] && lock.owner == null, until);
            waiting.remove(signal);
            lock.lock();
            return until - nanos;
        }

        @Override
        public void await() {
            awaitNanos(NEVER);
        }

        @Override
        public void awaitUninterruptibly() {
            awaitNanos(NEVER);
        }

        @Override
        public boolean await(long time, TimeUnit unit) {
            return awaitNanos(unit.toNanos(time)) > 0;
        }

        @Override
        public boolean awaitUntil(Date deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void signal() {
            for (boolean[] one : waiting) {
                if (!one[0]) {
                    one[0] = true;
                    return;
                }
            }
        }

        @Override
        public void signalAll() {
            waiting.forEach(one -> one[0] = true);
        }
    }
}
