package io.github.camelgitpod.client;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;

/**
 * Cancels a call that has no answer in time. For streams: a read timeout of the HTTP client would also be the socket's, and
 * end each stream that has nothing to say for so long.
 */
final class AnswerDeadline implements AutoCloseable {
    private final Call call;
    private final Duration limit;
    private boolean closed;
    private boolean over;

    /** @param limit zero: none */
    AnswerDeadline(Call call, Duration limit) {
        this.call = call;
        this.limit = limit;
        if (!limit.isZero()) {
            CompletableFuture.delayedExecutor(limit.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(this::passed);
        }
    }

    private synchronized void passed() {
        if (!closed) {
            over = true;
            call.cancel();
        }
    }

    /** Whether the call was cancelled. */
    synchronized boolean isOver() {
        return over;
    }

    SocketTimeoutException failure() {
        return new SocketTimeoutException("no answer within " + limit.toMillis() + " ms");
    }

    /** The answer is there, or the call failed otherwise. */
    @Override
    public synchronized void close() {
        closed = true;
    }
}
