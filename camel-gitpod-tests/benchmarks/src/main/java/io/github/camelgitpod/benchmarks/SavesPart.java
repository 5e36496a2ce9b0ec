package io.github.camelgitpod.benchmarks;

import io.github.camelgitpod.benchmarks.reader.GitpodAuditLogRoute;
import io.github.camelgitpod.benchmarks.reader.Reader;
import io.github.camelgitpod.state.CrashSafeFileStateRepository;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What it costs to save: of a log of which nothing has to be remembered, and of one of which everything has, since all of it is in
 * one lookback; and how often a second a cursor can be forced to the disk, beside a file that is only appended to.
 */
final class SavesPart implements Part {
    private static final int ENTRIES = 100_000;
    private static final int SAVES = 500;
    private static final String ALL_IN_ONE_LOOKBACK = "lookback=P9999D";
    /** About a hundred ids, which is what a save adds. */
    private static final String STATE = "0123456789abcdef".repeat(450);

    private final Reader far = new GitpodAuditLogRoute("far behind", "");
    private final Reader near = new GitpodAuditLogRoute("in one lookback", ALL_IN_ONE_LOOKBACK);
    private final Reader farOnDisk = GitpodAuditLogRoute.withStateDirectory("far behind, stateDirectory", "");
    private final Reader nearOnDisk =
            GitpodAuditLogRoute.withStateDirectory("in one lookback, stateDirectory", ALL_IN_ONE_LOOKBACK);
    private final List<Reader> all = List.of(far, near, farOnDisk, nearOnDisk);

    @Override
    public void measure(Bench bench) throws Exception {
        Report report = bench.report();
        bench.server().uniform(ENTRIES);
        bench.auditLog(ENTRIES, 2, far, farOnDisk);
        Bench.Laps laps = bench.auditLog(ENTRIES, bench.rounds(), all.toArray(Reader[]::new));
        for (Reader reader : all) {
            report.figure("100,000 entries, " + reader.name(), laps.rate(reader), "entries/s");
        }
        report.figure("in one lookback, vs far behind", laps.rate(near).by(laps.rate(far)), "");
        report.figure("the same, with stateDirectory", laps.rate(nearOnDisk).by(laps.rate(farOnDisk)), "");

        List<Double> appends = new ArrayList<>();
        List<Double> saves = new ArrayList<>();
        for (int round = 0; round < bench.rounds(); round++) {
            appends.add(appendsPerSecond());
            saves.add(savesPerSecond());
        }
        report.figure("a file that is appended to and forced", Sample.of(appends), "writes/s");
        report.figure("saves in stateDirectory", Sample.of(saves), "saves/s");
        report.figure("saves in stateDirectory, vs that file", Sample.of(saves).by(Sample.of(appends)), "");
    }

    private static double appendsPerSecond() throws IOException {
        Path file = Files.createTempFile("gitpod-benchmark-", "");
        long begin = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SAVES; i++) {
                channel.write(ByteBuffer.wrap(STATE.getBytes(StandardCharsets.UTF_8)));
                channel.force(false);
            }
        }
        return SAVES * 1e9 / (System.nanoTime() - begin);
    }

    private static double savesPerSecond() throws IOException {
        CrashSafeFileStateRepository repository =
                new CrashSafeFileStateRepository(Files.createTempDirectory("gitpod-benchmark-"));
        repository.start();
        try {
            repository.getState("key");
            long begin = System.nanoTime();
            for (int i = 0; i < SAVES; i++) {
                repository.setState("key", STATE);
            }
            return SAVES * 1e9 / (System.nanoTime() - begin);
        } finally {
            repository.stop();
        }
    }
}
