package io.github.camelgitpod.auditlog.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Runs requests in a random order, given by a seed. Each runs in the thread that asks for the next result. */
public final class ShuffledRequests<V> implements CompletionService<V> {
    private final Random random;
    private final List<FutureTask<V>> underWay = new ArrayList<>();

    public ShuffledRequests(Random random) {
        this.random = random;
    }

    @Override
    public Future<V> submit(Callable<V> task) {
        FutureTask<V> future = new FutureTask<>(task);
        underWay.add(future);
        return future;
    }

    @Override
    public Future<V> take() {
        if (underWay.isEmpty()) {
            throw new AssertionError("This would wait for ever");
        }
        FutureTask<V> any = underWay.remove(random.nextInt(underWay.size()));
        any.run();
        return any;
    }

    @Override
    public Future<V> poll() {
        return underWay.isEmpty() || random.nextBoolean() ? null : take();
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
