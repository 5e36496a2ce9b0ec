package io.github.camelgitpod.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;

/** A process whose route polls and never finds anything. */
final class RestingProcess {
    private static final String DELAY_MILLIS = "20";

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final DefaultCamelContext context = new DefaultCamelContext();
    /** One for each poll that has ended. */
    private final Semaphore polls = new Semaphore(0);

    private RestingProcess() {}

    public static void main(String[] args) throws Exception {
        RestingProcess process = new RestingProcess();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.out.println(process.obey(order.split(" ")));
        }
        System.exit(0);
    }

    private String obey(String... order) throws Exception {
        if (order[0].equals("polls")) {
            return String.valueOf(cpuPerPoll(Integer.parseInt(order[1])));
        }
        context.getRegistry().bind("polls", new DefaultPollingConsumerPollStrategy() {
            @Override
            public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
                polls.release();
            }
        });
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                fromF(
                                "gitpod:auditLogs?initialDelay=0&delay=%s&pollStrategy=#polls&baseUrl=%s&accessToken=RAW(%s)",
                                DELAY_MILLIS, order[1], order[2])
                        .routeId("audit-log")
                        .log("${body}");
            }
        });
        context.start();
        polls.acquire();
        return "";
    }

    /** In milliseconds, of all threads of this process. */
    private double cpuPerPoll(int count) throws InterruptedException {
        polls.drainPermits();
        long cpu = system.getProcessCpuTime();
        polls.acquire(count);
        return (system.getProcessCpuTime() - cpu) / 1e6 / count;
    }
}
