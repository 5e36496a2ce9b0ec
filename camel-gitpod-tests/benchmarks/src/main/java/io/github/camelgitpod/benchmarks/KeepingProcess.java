package io.github.camelgitpod.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A process whose route keeps one body of each hundred, which is one of each page, and answers how much heap one takes. */
final class KeepingProcess {
    private static final int OF = 100;

    private final List<Object> kept = new ArrayList<>();
    private int seen;

    private KeepingProcess() {}

    public static void main(String[] args) throws Exception {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.out.println(new KeepingProcess().bytesPerBody(order.split(" ")));
        }
        System.exit(0);
    }

    /** @param order address, token, and how many entries there are */
    private double bytesPerBody(String... order) throws Exception {
        int count = Integer.parseInt(order[2]);
        CountDownLatch all = new CountDownLatch(count);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    fromF(
                                    "gitpod:auditLogs?from=beginning&initialDelay=0&delay=1h&baseUrl=%s&accessToken=RAW(%s)",
                                    order[0], order[1])
                            .routeId("audit-log")
                            .process(exchange -> {
                                if (seen++ % OF == 0) {
                                    kept.add(exchange.getMessage().getBody());
                                }
                                all.countDown();
                            });
                }
            });
            context.start();
            all.await();
        }
        int bodies = kept.size();
        long with = used();
        kept.clear();
        return (double) (with - used()) / bodies;
    }

    /** Of a collector that leaves nothing dead behind. */
    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
