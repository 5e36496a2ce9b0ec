package io.github.camelgitpod.auditlog.walk;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Runs requests at the same time, each for one round trip of a simulated clock. Waiting for a result moves that clock. */
final class SimulatedRequests<V> implements CompletionService<V> {
    private final long roundTrip;
    private final PriorityQueue<Arrival<V>> arrivals =
            new PriorityQueue<>(Comparator.comparingLong(Arrival<V>::nanos).thenComparingLong(Arrival::number));
    private long now;
    private long submitted;
    private int most;

    private record Arrival<V>(long nanos, long number, FutureTask<V> task) {}

    SimulatedRequests(Duration roundTrip) {
        this.roundTrip = roundTrip.toNanos();
    }

    /** Lets time pass. */
    void pass(Duration time) {
        now += time.toNanos();
    }

    Duration elapsed() {
        return Duration.ofNanos(now);
    }

    /** The largest number of requests that were under way at once. */
    int mostAtOnce() {
        return most;
    }

    @Override
    public Future<V> submit(Callable<V> task) {
        FutureTask<V> future = new FutureTask<>(task);
        arrivals.add(new Arrival<>(now + roundTrip, submitted++, future));
        most = Math.max(most, arrivals.size());
        return future;
    }

    @Override
    public Future<V> take() {
        Arrival<V> next = arrivals.remove();
        now = Math.max(now, next.nanos());
        next.task().run();
        return next.task();
    }

    @Override
    public Future<V> poll() {
        return arrivals.isEmpty() || arrivals.peek().nanos() > now ? null : take();
    }

    @Override
    public Future<V> submit(Runnable task, V result) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<V> poll(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }
}
