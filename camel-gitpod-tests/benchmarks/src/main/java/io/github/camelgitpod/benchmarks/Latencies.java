package io.github.camelgitpod.benchmarks;

import java.util.Arrays;
import java.util.function.Consumer;

/** How long after its sending each event was delivered. The ids begin with the moment they were sent. */
final class Latencies implements Consumer<String> {
    private final OrderCheck order;
    private final long[] nanos;
    private int count;

    Latencies(int events) {
        order = new OrderCheck(events);
        nanos = new long[events];
    }

    @Override
    public void accept(String id) {
        long now = System.nanoTime();
        long sentAt = Long.parseUnsignedLong(id.substring(0, 8) + id.substring(9, 13) + id.substring(14, 18), 16);
        if (count < nanos.length) {
            nanos[count++] = now - sentAt;
        }
        order.accept(id);
    }

    OrderCheck order() {
        return order;
    }

    /** @param share such as 0.5 for the median */
    double millis(double share) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))] / 1e6;
    }
}
