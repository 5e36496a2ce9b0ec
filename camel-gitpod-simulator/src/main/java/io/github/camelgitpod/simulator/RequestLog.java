package io.github.camelgitpod.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests that the simulator received, noted when their answer begins. Safe for use by several threads. Counts are
 * of all requests; the requests themselves are kept up to {@value #KEPT}, the oldest are forgotten first.
 */
public final class RequestLog {

    /** How many requests are kept. */
    public static final int KEPT = 100_000;

    private final Deque<RecordedRequest> requests = new ArrayDeque<>();
    private final Map<String, Long> counts = new HashMap<>();

    RequestLog() {}

    synchronized void add(RecordedRequest request) {
        if (requests.size() == KEPT) {
            requests.removeFirst();
        }
        requests.addLast(request);
        counts.merge(request.method(), 1L, Long::sum);
    }

    /**
     * The requests, oldest first.
     *
     * @return a copy
     */
    public synchronized List<RecordedRequest> all() {
        return List.copyOf(requests);
    }

    /**
     * The requests for a method, oldest first.
     *
     * @param method such as {@code ListAuditLogs}
     * @return a copy
     */
    public List<RecordedRequest> of(String method) {
        return all().stream().filter(request -> request.method().equals(method)).toList();
    }

    /**
     * How many requests for a method there were.
     *
     * @param method such as {@code ListAuditLogs}
     * @return 0 or more
     */
    public synchronized long count(String method) {
        return counts.getOrDefault(method, 0L);
    }

    /**
     * How many requests there were.
     *
     * @return 0 or more
     */
    public synchronized long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Forgets all requests and counts. */
    public synchronized void clear() {
        requests.clear();
        counts.clear();
    }
}
