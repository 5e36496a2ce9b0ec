package io.github.camelgitpod.benchmarks;

import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.benchmarks.reader.GitpodAuditLogRoute;
import io.github.camelgitpod.benchmarks.reader.Reader;
import io.github.camelgitpod.benchmarks.server.ServerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What one reader carries: by the round trip, the size of a page and what the route does with an entry; and what it remembers. */
final class SizingPart implements Part {
    private static final int WARM_UP_ENTRIES = 100_000;
    private static final Duration ROUND_TRIP = Duration.ofMillis(100);
    private static final int REMEMBERED = 20_000;
    private static final int SMALLEST_ID = 16;

    @Override
    public void measure(Bench bench) throws Exception {
        bench.server().uniform(WARM_UP_ENTRIES);
        bench.auditLog(WARM_UP_ENTRIES, 2, new GitpodAuditLogRoute("warm-up", ""));
        for (int pageSize : new int[] {25, 100}) {
            for (int requests : new int[] {1, 4, 8}) {
                measure(bench, pageSize, requests, Duration.ZERO);
            }
        }
        for (int requests : new int[] {1, 4}) {
            measure(bench, 100, requests, Duration.ofMillis(1));
            measure(bench, 100, requests, Duration.ofMillis(5));
        }
        remember(bench);
    }

    private static void measure(Bench bench, int pageSize, int requests, Duration ofEntry) throws Exception {
        // About five seconds each.
        long most = ofEntry.isZero() ? Long.MAX_VALUE : Duration.ofSeconds(5).dividedBy(ofEntry);
        int entries = (int) Math.min(most, pageSize * requests * 50L);
        String name = "100 ms a round trip, pages of %d, %d at a time%s"
                .formatted(pageSize, requests, ofEntry.isZero() ? "" : ", " + ofEntry.toMillis() + " ms an entry");
        Reader reader = slowed(
                new GitpodAuditLogRoute(name, "pageSize=" + pageSize + "&concurrentRequests=" + requests), ofEntry);
        bench.server().uniform(entries);
        bench.server().roundTrip(ROUND_TRIP);
        bench.report().figure(name, bench.auditLog(entries, 1, reader).rate(reader), "entries/s");
    }

    private static Reader slowed(Reader reader, Duration ofEntry) {
        return new Reader() {
            @Override
            public String name() {
                return reader.name();
            }

            @Override
            public Reading open(ServerAddress server, Consumer<String> sink) throws Exception {
                return reader.open(server, id -> {
                    sink.accept(id);
                    if (!ofEntry.isZero()) {
                        LockSupport.parkNanos(ofEntry.toNanos());
                    }
                });
            }
        };
    }

    /** All of the log is within the lookback, so that each id has to be remembered. */
    private static void remember(Bench bench) throws Exception {
        Path directory = Files.createTempDirectory("gitpod-benchmark-");
        double without = heapWith(bench, "1s", 1, directory.resolve("short"));
        double with = heapWith(bench, "3000d", REMEMBERED * SMALLEST_ID, directory.resolve("long"));
        Report report = bench.report();
        report.figure("heap for an id that is remembered", Sample.of((with - without) / REMEMBERED), "bytes");
        report.figure(
                "state for an id that is remembered",
                Sample.of((double) size(directory.resolve("long")) / REMEMBERED),
                "bytes, of all files");
        report.figure("state without any", Sample.of(size(directory.resolve("short"))), "bytes, of all files");
    }

    private static double heapWith(Bench bench, String lookback, long smallestState, Path directory)
            throws IOException {
        Files.createDirectories(directory);
        String token = bench.server().tenants(1, REMEMBERED);
        try (ChildProcess child = ChildProcess.start(ManyProcess.class, "-Xmx512m")) {
            child.ask("start " + ManyPart.auditLogs(bench.server().address()) + "&commitEvery=" + REMEMBERED
                    + "&lookback=" + lookback + "&stateDirectory=" + directory + " " + REMEMBERED + " " + token);
            child.ask("await 0");
            await("a save").atMost(Duration.ofMinutes(1)).until(() -> size(directory) >= smallestState);
            return Double.parseDouble(child.ask("figures").split(" ")[1]);
        }
    }

    private static long size(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
