package io.github.camelgitpod.auditlog;

import static io.github.camelgitpod.testing.GitpodTest.HOUR_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.auditlog.walk.TemporaryFiles;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.simulator.AuditLog;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.PageTokens;
import io.github.camelgitpod.simulator.ServerKind;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import io.github.camelgitpod.testing.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that do not know time bounds and sort order: found out, served, and left behind when they are upgraded. */
@Tag("T9")
@Tag("engine")
class LegacyServersTest {
    private static final String SSO = "RESOURCE_TYPE_SSO_CONFIG";

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    @ParameterizedTest
    @EnumSource(value = ServerKind.class, names = "MODERN", mode = EnumSource.Mode.EXCLUDE)
    void isFoundOutAndDeliversOnceAndOldestFirstWhatTheFilterAndTheBoundsLetPass(ServerKind kind) throws Exception {
        simulator.serverKind(kind);
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            Entry entry = Entry.at(HOUR_AGO.plusSeconds(i / 3));
            boolean selected = i % 2 == 0;
            Entry added = simulator.auditLog().add(selected ? entry.withSubject(SSO, entry.subjectId()) : entry);
            if (selected && i / 3 >= 10) {
                wanted.add(added.id());
            }
        }
        // Newer than any upper bound that can be asked for, so that a server that ignores it shows it.
        simulator.auditLog().add(Entry.at(Instant.now().plusSeconds(60)).withSubject(SSO, null));

        AuditLogRoute route = gitpod.auditLogs("subjectTypes=sso_config&from=" + HOUR_AGO.plusSeconds(10))
                .start();
        route.delivered(wanted.size()).polled();

        assertThat(route.ids()).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(times(route)).isSorted();
        assertThat(route.consumer().getServerCapability()).isEqualTo("LEGACY");
    }

    @ParameterizedTest
    @EnumSource(value = ServerKind.class, names = "MODERN", mode = EnumSource.Mode.EXCLUDE)
    void anUpgradeInMidRunIsNoticedAndSoIsTheWayBack(ServerKind kind) throws Exception {
        MovableClock clock = new MovableClock(HOUR_AGO);
        try (GitpodTest moved = new GitpodTest(GitpodSimulator.builder().clock(clock))) {
            AuditLog log = moved.simulator().auditLog();
            AuditLogRoute route = moved.auditLogs("from=10m&lookback=2m").start();
            for (ServerKind now : List.of(ServerKind.MODERN, kind, ServerKind.MODERN, kind)) {
                moved.simulator().serverKind(now);
                for (int step = 0; step < 4; step++) {
                    // One of them is newer than any upper bound that will be asked for.
                    IntStream.of(-50, -40, -20, 1)
                            .forEach(second -> log.add(Entry.at(clock.instant().plusSeconds(second))));
                    route.betweenPolls(() -> clock.move(Duration.ofSeconds(62)));
                }
                String expected = now == ServerKind.MODERN ? "MODERN" : "LEGACY";
                assertThat(route.consumer().getServerCapability()).isEqualTo(expected);
            }
            route.polled().polled();

            assertThat(route.ids()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(log.ids());
        }
    }

    @Test
    void aLongWayBackNeedsNoDirectoryForTemporaryFilesWhereTheStateHasOne() throws Exception {
        simulator.serverKind(ServerKind.LEGACY_IGNORES);
        // Two pages more than wait in memory.
        int count = 10_200;
        simulator
                .auditLog()
                .addAll(IntStream.range(0, count)
                        .mapToObj(i -> Entry.at(HOUR_AGO.minusSeconds(count - i)))
                        .toList());
        AuditLogRoute route = gitpod.auditLogs("from=beginning&" + gitpod.state());
        String temporary = System.setProperty("java.io.tmpdir", "/nowhere");
        try {
            route.start().delivered(count);
        } finally {
            System.setProperty("java.io.tmpdir", temporary);
        }
    }

    @Test
    void aLongWayBackTakesDiskAndNotHeapAndGivesTheDiskBack() throws Exception {
        simulator.serverKind(ServerKind.LEGACY_IGNORES);
        int count = 20_000;
        simulator
                .auditLog()
                .addAll(IntStream.range(0, count)
                        .mapToObj(i -> Entry.at(HOUR_AGO.minusSeconds(count - i)))
                        .toList());
        List<Path> files = new CopyOnWriteArrayList<>();
        AtomicInteger delivered = new AtomicInteger();
        try (AuditLogRoute route = gitpod.auditLogs("from=beginning&" + gitpod.state())
                .doing(exchange -> {
                    if (delivered.incrementAndGet() == 100) {
                        files.add(TemporaryFiles.heldByThisProcess());
                    }
                })
                .start()) {
            route.delivered(count).polled();

            assertThat(route.ids())
                    .containsExactlyElementsOf(simulator.auditLog().ids());
        }
        assertThat(files.get(0))
                .as("while the walk is under way")
                .asString()
                .startsWith(gitpod.directory().toRealPath() + "/");
        TemporaryFiles.assertNone();
    }

    @Test
    @Tag("T10")
    void pagesThatOverlapAndTokensThatExpireRepeatNothing() throws Exception {
        simulator.serverKind(ServerKind.LEGACY_IGNORES);
        // With offsets, what is new shifts the pages while they are read.
        simulator.pageTokens(PageTokens.OFFSET);
        IntStream.range(0, 1_500).forEach(i -> simulator.auditLog().add(Entry.at(HOUR_AGO.plusMillis(i))));
        simulator
                .trouble()
                .on("ListAuditLogs")
                .when(number -> number == 7 || number == 13)
                .expireToken();
        Thread life = new Thread(() -> {
            for (int i = 0; i < 60; i++) {
                long asked = simulator.requests().count("ListAuditLogs");
                await().until(() -> simulator.requests().count("ListAuditLogs") > asked);
                simulator.auditLog().add(Entry.at(Instant.now().minusSeconds(5)));
            }
        });
        life.start();
        AuditLogRoute route = gitpod.auditLogs("from=beginning&commitEvery=10").start();
        life.join(60_000);
        route.delivered(1_560).polled();

        assertThat(route.ids())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(simulator.auditLog().ids());
    }

    private static List<Instant> times(AuditLogRoute route) {
        return route.exchanges().stream()
                .map(exchange ->
                        exchange.getMessage().getBody(AuditLogEntry.class).createdAt())
                .toList();
    }
}
