package io.github.camelgitpod.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.github.camelgitpod.benchmarks.reader.Reader;
import io.github.camelgitpod.benchmarks.server.ServerProcess;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a group of measurements has: the server, the table, and laps of readers that take turns. */
record Bench(ServerProcess server, Report report, boolean full) {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What readers did, by their names; requests are counted of those of the audit log. */
    record Laps(Map<String, List<Double>> rates, Map<String, List<Double>> requests, Map<String, List<Double>> cpu) {

        Laps() {
            this(new HashMap<>(), new HashMap<>(), new HashMap<>());
        }

        /** Entries or events a second. */
        Sample rate(Reader reader) {
            return Sample.of(rates.get(reader.name()));
        }

        /** Microseconds of processor time for an entry or event, of all threads on this side. */
        Sample cpu(Reader reader) {
            return Sample.of(cpu.get(reader.name()));
        }

        Sample requests(Reader reader) {
            return Sample.of(requests.get(reader.name()));
        }
    }

    /** How often what takes seconds is measured. */
    int rounds() {
        return full ? 7 : 3;
    }

    /** Lets each reader read the whole audit log, one after the other, so many times. */
    Laps auditLog(int entries, int rounds, Reader... readers) throws Exception {
        Laps laps = new Laps();
        for (int round = 0; round < rounds; round++) {
            for (Reader reader : readers) {
                server.requests();
                OrderCheck check = new OrderCheck(entries);
                long nanos;
                long cpu;
                try (Reader.Reading reading = reader.open(server.address(), check)) {
                    long start = System.nanoTime();
                    cpu = PROCESS.getProcessCpuTime();
                    reading.begin();
                    nanos = check.await(LIMIT) - start;
                    cpu = PROCESS.getProcessCpuTime() - cpu;
                }
                check.verify();
                add(laps.cpu, reader, cpu / 1e3 / entries);
                add(laps.rates, reader, entries * 1e9 / nanos);
                add(laps.requests, reader, server.requests());
            }
        }
        return laps;
    }

    /** Lets each reader read so many events, one after the other, so many times. */
    Laps events(int events, int rounds, Reader... readers) throws Exception {
        Laps laps = new Laps();
        server.prepareEvents(events);
        for (int round = 0; round < rounds; round++) {
            for (Reader reader : readers) {
                OrderCheck check = new OrderCheck(events);
                long nanos;
                long cpu;
                try (Reader.Reading reading = reader.open(server.address(), check)) {
                    reading.begin();
                    server.awaitStream();
                    long start = System.nanoTime();
                    cpu = PROCESS.getProcessCpuTime();
                    server.flood();
                    // A split by camel-http keeps each event until the next one, or the end, is there.
                    server.endStreams();
                    nanos = check.await(LIMIT) - start;
                    cpu = PROCESS.getProcessCpuTime() - cpu;
                }
                check.verify();
                add(laps.cpu, reader, cpu / 1e3 / events);
                add(laps.rates, reader, events * 1e9 / nanos);
            }
        }
        return laps;
    }

    private static void add(Map<String, List<Double>> values, Reader reader, double value) {
        values.computeIfAbsent(reader.name(), name -> new ArrayList<>()).add(value);
    }
}
