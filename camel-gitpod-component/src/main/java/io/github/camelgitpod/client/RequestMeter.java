package io.github.camelgitpod.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Counts the requests of one consumer, whichever of its clients sends them, and how long they are held back. For any thread. */
public final class RequestMeter {
    /** Instead of the status of a request that was not answered. */
    public static final String NO_ANSWER = "none";

    private final LongSupplier nanoTime;
    private final Map<Outcome, LongAdder> requests = new ConcurrentHashMap<>();
    private long heldUntil;
    private long throttledNanos;

    /**
     * How a request ended.
     *
     * @param method of the API, such as {@code ListAuditLogs}
     * @param status the HTTP status, or {@link #NO_ANSWER}
     */
    public record Outcome(String method, String status) {}

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime()} */
    public RequestMeter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.heldUntil = nanoTime.getAsLong();
    }

    /** A request was answered, or failed. */
    public void ended(String method, String status) {
        requests.computeIfAbsent(new Outcome(method, status), any -> new LongAdder())
                .increment();
    }

    /** The server wants no request for so long, since there were too many. Waits that overlap count once. */
    public synchronized void heldBack(Duration wait) {
        long now = nanoTime.getAsLong();
        long until = now + wait.toNanos();
        long begin = heldUntil - now > 0 ? heldUntil : now;
        if (until - begin > 0) {
            throttledNanos += until - begin;
            heldUntil = until;
        }
    }

    /** How long no request will be sent; zero: they are not held back. */
    public synchronized Duration heldBackFor() {
        return Duration.ofNanos(Math.max(0, heldUntil - nanoTime.getAsLong()));
    }

    /** How long requests were held back until now. */
    public synchronized Duration throttled() {
        return Duration.ofNanos(throttledNanos).minus(heldBackFor());
    }

    /** How many requests ended. */
    public long total() {
        return requests.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** How many requests ended how. */
    public Map<Outcome, Long> requests() {
        return requests.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .sum()));
    }
}
