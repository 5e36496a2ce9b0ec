package io.github.camelgitpod.client.http;

import io.github.camelgitpod.client.Durations;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The gates of one credential: one that holds back all of its requests, and one for each method, since a role that is
 * missing for one method says nothing about the others. Safe for use by several threads.
 */
final class CredentialGates {
    private static final int MANY = 1_000;

    private final LongSupplier nanoTime;
    private final RequestGate ofAll;
    private final Map<String, RequestGate> byMethod = new ConcurrentHashMap<>();

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime()} */
    CredentialGates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.ofAll = new RequestGate(nanoTime);
    }

    RequestGate ofAll() {
        return ofAll;
    }

    /** @param method with the name of what it is about, where there are many */
    RequestGate of(String method) {
        if (byMethod.size() >= MANY) {
            byMethod.values().removeIf(RequestGate::isAtRest);
        }
        return byMethod.computeIfAbsent(method, any -> new RequestGate(nanoTime));
    }

    /** How long no request for this method may be sent; zero: at once. */
    Duration remaining(String method) {
        return Durations.longer(ofAll.remaining(), of(method).remaining());
    }

    /** Whether they can be forgotten: see {@link RequestGate#isAtRest()}. */
    boolean areAtRest() {
        return ofAll.isAtRest() && byMethod.values().stream().allMatch(RequestGate::isAtRest);
    }
}
