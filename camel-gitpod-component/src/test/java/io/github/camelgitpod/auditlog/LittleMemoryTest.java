package io.github.camelgitpod.auditlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.event.EventConsumer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A route in a process with 64 MB of heap, against a server that sends more than fits in. The server is a bare socket, since
 * the simulator would hold back in its own memory what the route does not take.
 */
@Timeout(120)
class LittleMemoryTest {
    private static final int HUGE_LINE = 200 << 20;
    private static final int EVENTS = 400_000;

    private interface Body {
        void write(OutputStream out) throws IOException;
    }

    @Test
    @Tag("T18")
    void aLineOf200MegabytesIsSkippedAndTold() throws Exception {
        List<String> said = readInAnotherProcess(3, 0, out -> {
            out.write(event(0));
            byte[] part = new byte[64 * 1024];
            Arrays.fill(part, (byte) 'x');
            for (int sent = 0; sent < HUGE_LINE; sent += part.length) {
                out.write(part);
            }
            out.write('\n');
            out.write(event(1));
            out.write(event(2));
        });

        assertThat(said).contains("gap overflow before 1", "events 3 in order, gaps 1");
    }

    @Test
    @Tag("T21")
    void aRouteThatIsSlowerThanTheStreamNeedsNoMoreMemory() throws Exception {
        // Of 300 bytes each: twice the heap. With each of the first three the route waits until no more is read.
        List<String> said = readInAnotherProcess(EVENTS, 3, out -> {
            for (int i = 0; i < EVENTS; i++) {
                out.write(event(i));
            }
        });

        assertThat(said).contains("events " + EVENTS + " in order, gaps 0");
    }

    private static byte[] event(int number) {
        return ("{\"operation\":\"RESOURCE_OPERATION_UPDATE\",\"resourceType\":\"RESOURCE_TYPE_ENVIRONMENT\",\"resourceId\":\""
                        + number + "\",\"more\":\"" + "y".repeat(180) + "\"}\n")
                .getBytes(UTF_8);
    }

    private static List<String> readInAnotherProcess(int events, int slow, Body body) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread serving = new Thread(() -> serve(server, body));
            serving.setDaemon(true);
            serving.start();
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LittleMemoryTest.class.getName(),
                            String.valueOf(server.getLocalPort()),
                            String.valueOf(events),
                            String.valueOf(slow))
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader lines = child.inputReader()) {
                List<String> said = lines.lines().toList();
                said.stream().filter(line -> line.startsWith("heap")).forEach(System.out::println);
                assertThat(child.waitFor()).as(String.join("\n", said)).isZero();
                return said;
            } finally {
                child.destroyForcibly();
            }
        }
    }

    /** One stream; whatever else is asked for before it does not exist here. */
    private static void serve(ServerSocket server, Body body) {
        boolean streamed = false;
        while (!streamed) {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                byte[] request = new byte[8192];
                streamed = new String(request, 0, in.read(request), UTF_8).contains("/WatchEvents");
                OutputStream out = socket.getOutputStream();
                out.write((streamed
                                ? "HTTP/1.1 200 OK\r\nContent-Type: application/jsonl\r\nConnection: close\r\n\r\n"
                                : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(UTF_8));
                if (streamed) {
                    body.write(out);
                }
                out.flush();
                // Until the other side leaves.
                in.read();
            } catch (IOException e) {
                // The test tells what is missing.
            }
        }
    }

    /** The other process: port, how many events, and with how many of them the route waits until no more is read. */
    public static void main(String[] args) throws Exception {
        int events = Integer.parseInt(args[1]);
        int slow = Integer.parseInt(args[2]);
        CountDownLatch done = new CountDownLatch(events);
        int[] counts = new int[2];
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("gitpod:events?accessToken=t&baseUrl=http://localhost:" + args[0] + "/api")
                            .routeId("slow")
                            .process(exchange -> {
                                String id = exchange.getMessage().getHeader(GitpodConstants.RESOURCE_ID, String.class);
                                if (!id.equals(String.valueOf(counts[0]))) {
                                    System.out.println("expected " + counts[0] + ", got " + id);
                                    System.exit(1);
                                }
                                Object gap = exchange.getMessage().getHeader(GitpodConstants.GAP_REASON);
                                if (gap != null) {
                                    counts[1]++;
                                    System.out.println("gap " + gap + " before " + id);
                                }
                                if (counts[0]++ < slow) {
                                    awaitThatNoMoreIsRead((EventConsumer) exchange.getContext()
                                            .getRoute("slow")
                                            .getConsumer());
                                }
                                done.countDown();
                            });
                }
            });
            context.start();
            if (!done.await(60, TimeUnit.SECONDS)) {
                System.out.println("Only " + counts[0] + " came");
                System.exit(1);
            }
        }
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.println("heap at most " + (peak >> 20) + " MB");
        System.out.println("events " + counts[0] + " in order, gaps " + counts[1]);
    }

    /** Without a bound it would be read on, until the memory is used up. */
    private static void awaitThatNoMoreIsRead(EventConsumer consumer) {
        AtomicInteger before = new AtomicInteger();
        await().pollInterval(Duration.ofMillis(200)).until(() -> {
            int waiting = consumer.getWaitingEvents();
            return waiting > 0 && before.getAndSet(waiting) == waiting;
        });
    }
}
