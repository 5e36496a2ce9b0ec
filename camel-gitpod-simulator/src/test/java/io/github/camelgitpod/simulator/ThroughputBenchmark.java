package io.github.camelgitpod.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures pages of 100 entries per second over a few kept connections, and events per second over one stream, client
 * included. The client is a bare socket, so that the server is what is measured. Run it from this module's folder:
 *
 * <pre>
 * mvn -q test-compile exec:java -Dexec.skip=false -Dexec.classpathScope=test \
 *     -Dexec.mainClass=io.github.camelgitpod.simulator.ThroughputBenchmark
 * </pre>
 */
public final class ThroughputBenchmark {

    private static final int ENTRIES = 100_000;
    private static final int EVENTS = 2_000_000;
    private static final int CONNECTIONS = 4;
    private static final long NANOS_PER_RUN = 3_000_000_000L;

    private ThroughputBenchmark() {}

    /**
     * Measures and prints.
     *
     * @param args none
     * @throws Exception if something fails
     */
    public static void main(String[] args) throws Exception {
        try (GitpodSimulator simulator = GitpodSimulator.start()) {
            Instant first = Instant.parse("2026-01-01T00:00:00Z");
            List<Entry> entries = new ArrayList<>(ENTRIES);
            for (int i = 0; i < ENTRIES; i++) {
                entries.add(Entry.at(first.plusMillis(i)));
            }
            long start = System.nanoTime();
            simulator.auditLog().addAll(entries);
            System.out.printf("entries added/s:  %,.0f%n", perSecond(ENTRIES, start));
            pages(simulator);
            System.out.printf("pages/s:          %,.0f (100 entries each)%n", pages(simulator));
            events(simulator);
            System.out.printf("events/s:         %,.0f (one stream)%n", events(simulator));
        }
    }

    private static double perSecond(long n, long startNanos) {
        return n * 1e9 / (System.nanoTime() - startNanos);
    }

    private static byte[] request(GitpodSimulator simulator, String method, String accept, String body) {
        return ("POST /api/gitpod.v1.EventService/" + method + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + simulator.accessToken() + "\r\nContent-Type: application/json\r\nAccept: " + accept
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static double pages(GitpodSimulator simulator) throws Exception {
        AtomicLong pages = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        long start = System.nanoTime();
        for (int c = 0; c < CONNECTIONS; c++) {
            int offset = c;
            threads.add(new Thread(() -> readPages(simulator, offset, start, pages)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        return perSecond(pages.get(), start);
    }

    private static void readPages(GitpodSimulator simulator, int offset, long start, AtomicLong pages) {
        try (Socket socket = new Socket("127.0.0.1", simulator.port())) {
            socket.setTcpNoDelay(true);
            byte[] buffer = new byte[128 * 1024];
            for (int i = 0; System.nanoTime() - start < NANOS_PER_RUN; i++) {
                Instant from = Instant.parse("2026-01-01T00:00:00Z").plusMillis((offset * 7919L + i * 101L) % 90_000);
                String body = "{\"filter\":{\"from\":\"" + from
                        + "\"},\"pagination\":{\"pageSize\":100},\"sort\":{\"order\":\"SORT_ORDER_ASC\"}}";
                socket.getOutputStream().write(request(simulator, "ListAuditLogs", "*/*", body));
                readAnswer(socket.getInputStream(), buffer);
                pages.incrementAndGet();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads headers and as many bytes as they promise. */
    private static void readAnswer(InputStream in, byte[] buffer) throws IOException {
        int length = 0;
        int end = -1;
        int total = -1;
        while (end < 0 || length < total) {
            int n = in.read(buffer, length, buffer.length - length);
            if (n < 0) {
                throw new IOException("closed");
            }
            length += n;
            if (end < 0) {
                String head = new String(buffer, 0, Math.min(length, 1024), StandardCharsets.ISO_8859_1);
                end = head.indexOf("\r\n\r\n");
                if (end >= 0) {
                    String size = head.substring(head.indexOf("Content-Length: ") + 16)
                            .split("\r\n", 2)[0];
                    total = end + 4 + Integer.parseInt(size);
                }
            }
        }
    }

    private static double events(GitpodSimulator simulator) throws Exception {
        EventStreams streams = simulator.eventStreams();
        streams.logging(false);
        try (Socket socket = new Socket("127.0.0.1", simulator.port())) {
            socket.getOutputStream().write(request(simulator, "WatchEvents", "application/jsonl", "{}"));
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[64 * 1024];
            in.read(buffer);
            CountDownLatch done = new CountDownLatch(1);
            Thread reader = new Thread(() -> {
                try {
                    long lines = 0;
                    while (lines < EVENTS) {
                        int n = in.read(buffer);
                        for (int i = 0; i < n; i++) {
                            lines += buffer[i] == '}' ? 1 : 0;
                        }
                    }
                    done.countDown();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            long start = System.nanoTime();
            reader.start();
            for (int i = 0; i < EVENTS; i++) {
                streams.publish(
                        "RESOURCE_OPERATION_UPDATE",
                        "RESOURCE_TYPE_ENVIRONMENT",
                        "019548f0-0000-7000-8000-000000000001");
            }
            done.await();
            return perSecond(EVENTS, start);
        }
    }
}
