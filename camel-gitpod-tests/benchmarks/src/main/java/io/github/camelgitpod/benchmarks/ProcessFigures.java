package io.github.camelgitpod.benchmarks;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What this process takes, as the answer to an order. */
public final class ProcessFigures {
    private ProcessFigures() {}

    /** Threads, bytes of heap after a collection, descriptors. */
    public static String text() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return ManagementFactory.getThreadMXBean().getThreadCount() + " "
                + (runtime.totalMemory() - runtime.freeMemory()) + " " + system.getOpenFileDescriptorCount();
    }

    /** Processor time of all threads until now, in nanoseconds. */
    static long cpuNanos() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** How many threads there are of each name, without its numbers. */
    static String threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .collect(Collectors.groupingBy(
                        thread -> thread.getName().replaceAll("[0-9]+", "#"), TreeMap::new, Collectors.counting()))
                .toString();
    }
}
