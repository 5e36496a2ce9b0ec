package io.github.camelgitpod.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.github.camelgitpod.benchmarks.reader.GitpodAuditLogRoute;
import io.github.camelgitpod.benchmarks.reader.GitpodEventRoute;
import io.github.camelgitpod.benchmarks.reader.Reader;
import io.github.camelgitpod.benchmarks.server.ServerAddress;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** A process with little memory, that reads as it is told and answers how much of it was in use. */
final class SmallProcess {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int EVENTS_BETWEEN_PAUSES = 100;

    private final AtomicLong most = new AtomicLong();
    private final Set<String> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    private OrderCheck check;
    private Reader.Reading reading;

    private SmallProcess() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, none) -> note(
                                    GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                                            .getGcInfo()
                                            .getMemoryUsageAfterGc()),
                            null,
                            null);
        }
    }

    public static void main(String[] args) throws Exception {
        SmallProcess process = new SmallProcess();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.out.println(process.obey(order.split(" ")));
        }
        System.exit(0);
    }

    private String obey(String... order) throws Exception {
        if (order[0].equals("await")) {
            check.await(LIMIT);
            reading.close();
            check.verify();
            return String.valueOf(most.get() / 1e6);
        }
        ServerAddress server = new ServerAddress(order[1], order[2], Instant.parse(order[3]));
        check = new OrderCheck(Integer.parseInt(order[4]));
        reading = order[0].equals("events")
                ? new GitpodEventRoute("gitpod:events", false).open(server, slow(check))
                : new GitpodAuditLogRoute("", order[5]).open(server, check);
        reading.begin();
        return "";
    }

    /** About 40,000 a second: less than a stream can bring, so that the others have to wait somewhere else. */
    private static Consumer<String> slow(Consumer<String> sink) {
        int[] count = new int[1];
        return id -> {
            sink.accept(id);
            if (++count[0] % EVENTS_BETWEEN_PAUSES == 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            }
        };
    }

    private void note(Map<String, MemoryUsage> pools) {
        long used = heap.stream().mapToLong(pool -> pools.get(pool).getUsed()).sum();
        most.accumulateAndGet(used, Math::max);
    }
}
