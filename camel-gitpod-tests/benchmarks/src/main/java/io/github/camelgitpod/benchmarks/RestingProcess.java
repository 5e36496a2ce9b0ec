package io.github.camelgitpod.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.ScheduledPollConsumer;

/** A process whose route polls and never finds anything. */
final class RestingProcess {
    private static final String DELAY_MILLIS = "20";

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final DefaultCamelContext context = new DefaultCamelContext();

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
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                fromF(
                                "gitpod:auditLogs?initialDelay=0&delay=%s&baseUrl=%s&accessToken=RAW(%s)",
                                DELAY_MILLIS, order[1], order[2])
                        .routeId("audit-log")
                        .log("${body}");
            }
        });
        context.start();
        await(1);
        return "";
    }

    /** In milliseconds, of all threads of this process. */
    private double cpuPerPoll(int polls) {
        long before = polls();
        long cpu = system.getProcessCpuTime();
        await(before + polls);
        return (system.getProcessCpuTime() - cpu) / 1e6 / polls;
    }

    private void await(long polls) {
        while (polls() < polls) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private long polls() {
        return ((ScheduledPollConsumer) context.getRoute("audit-log").getConsumer()).getCounter();
    }
}
