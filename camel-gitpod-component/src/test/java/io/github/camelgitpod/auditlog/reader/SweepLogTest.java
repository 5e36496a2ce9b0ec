package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.auditlog.walk.AdversarialServer;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Row;
import io.github.camelgitpod.auditlog.walk.EntryMaker;
import io.github.camelgitpod.auditlog.walk.SteadyServer;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.TokenOrganization;
import io.github.camelgitpod.model.FilterChangePolicy;
import io.github.camelgitpod.state.CursorStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Test;

/** What the log of delivered ids holds, and what not. */
class SweepLogTest {
    private final MemoryStateRepository repository = new MemoryStateRepository();
    private final List<String> delivered = new ArrayList<>();

    @Test
    void holdsTheSweepRangeOnlyAlsoInAFirstExport() throws IOException {
        SteadyServer server = new SteadyServer(Duration.ofMinutes(1), 1);
        server.now = SteadyServer.FIRST.plus(Duration.ofDays(20));

        poll(new AuditLogReader(
                server,
                () -> server.now,
                settings(AuditLogFilter.ALL),
                store(),
                new TokenOrganization(),
                Runnable::run));

        assertThat(delivered).hasSize(20 * 24 * 60);
        // 2 full hours and a part of one: at most 180 ids of 16 bytes.
        assertThat(repository.getState("key/delivered")).hasSizeBetween(1_000, 6_000);
    }

    /** Each save writes all of it: so not with each save of a long way, or the way to 100,000 entries would write a gigabyte. */
    @Test
    void isNotWrittenWithEachSaveOfALongWay() throws IOException {
        AtomicLong written = new AtomicLong();
        MemoryStateRepository counting = new MemoryStateRepository() {
            @Override
            public void setState(String key, String value) {
                written.addAndGet(key.equals("key/delivered") ? value.length() : 0);
                super.setState(key, value);
            }
        };
        int entries = 5_000;
        SteadyServer server = new SteadyServer(Duration.ofMinutes(1), 1);
        server.now = SteadyServer.FIRST.plus(Duration.ofMinutes(entries));
        AuditLogReaderSettings settings = new ReaderSettings()
                .start(StartPosition.at(SteadyServer.FIRST))
                .lookback(Duration.ofMinutes(5))
                .sweeps(Duration.ofDays(1000), Duration.ofDays(1000))
                .build();
        CursorStore store = new CursorStore(counting, "key", InstantSource.system());

        poll(new AuditLogReader(server, () -> server.now, settings, store, new TokenOrganization(), Runnable::run));

        assertThat(delivered).hasSizeGreaterThanOrEqualTo(entries - 1).doesNotHaveDuplicates();
        int whole = counting.getState("key/delivered").length();
        assertThat(whole).isGreaterThan((entries - 10) * 16);
        assertThat(written.get()).isLessThan(8L * whole);
    }

    @Test
    void isBegunAnewUnderAWiderFilterSinceThatKeepsTheCursor() throws IOException {
        AdversarialServer server =
                new AdversarialServer(new Random(1), AdversarialServer.Tokens.KEYSET, EntryMaker.ZERO);
        Campaign campaign = Campaign.of("any", c -> {});
        new EntryMaker(campaign, new Random(3)).fill(server.rows);
        server.now = server.now.plus(Duration.ofMinutes(20));
        // The watermark goes as far as an entry is known, and no further.
        Instant last = server.now.minus(Campaign.LOOKBACK);
        server.rows.add(new Row(
                EntryMaker.parse("{\"id\":\"last\",\"actorId\":\"nobody\",\"createdAt\":\"%s\"}".formatted(last)),
                last,
                last));
        AuditLogFilter narrow = new AuditLogFilter(List.of("nobody"), List.of(), List.of(), List.of());
        poll(new AuditLogReader(
                server, () -> server.now, settings(narrow), store(), new TokenOrganization(), Runnable::run));

        AuditLogReader wider = new AuditLogReader(
                server,
                () -> server.now,
                settings(AuditLogFilter.ALL),
                store(),
                new TokenOrganization(),
                Runnable::run);
        for (int i = 0; i < 10; i++) {
            server.now = server.now.plus(Duration.ofMinutes(1));
            poll(wider);
        }

        assertThat(server.rows).hasSizeGreaterThan(1);
        assertThat(delivered).containsExactly("last");
    }

    @Test
    void aNewProcessSweepsAtOnceSinceItMayNotLiveForAnInterval() throws IOException {
        AdversarialServer server =
                new AdversarialServer(new Random(1), AdversarialServer.Tokens.KEYSET, EntryMaker.ZERO);
        poll(new AuditLogReader(
                server,
                () -> server.now,
                settingsFrom(EntryMaker.ZERO),
                store(),
                new TokenOrganization(),
                Runnable::run));
        Instant createdAt = EntryMaker.ZERO.plusSeconds(1);
        server.now = server.now.plus(Duration.ofMinutes(10));
        poll(new AuditLogReader(
                server,
                () -> server.now,
                settingsFrom(EntryMaker.ZERO),
                store(),
                new TokenOrganization(),
                Runnable::run));
        server.rows.add(new Row(
                EntryMaker.parse("{\"id\":\"late\",\"createdAt\":\"%s\"}".formatted(createdAt)),
                createdAt,
                server.now));

        poll(new AuditLogReader(
                server,
                () -> server.now,
                settingsFrom(EntryMaker.ZERO),
                store(),
                new TokenOrganization(),
                Runnable::run));

        assertThat(delivered).containsExactly("late");
    }

    private static AuditLogReaderSettings settingsFrom(Instant start) {
        return settings(AuditLogFilter.ALL, StartPosition.at(start));
    }

    private static AuditLogReaderSettings settings(AuditLogFilter filter) {
        return settings(filter, StartPosition.BEGINNING);
    }

    private static AuditLogReaderSettings settings(AuditLogFilter filter, StartPosition start) {
        return new ReaderSettings()
                .filter(filter)
                .start(start)
                .lookback(Campaign.LOOKBACK)
                .onFilterChange(FilterChangePolicy.keep)
                .sweeps(Duration.ofMinutes(2), Duration.ofHours(2))
                .build();
    }

    private CursorStore store() {
        return new CursorStore(repository, "key", InstantSource.system());
    }

    private void poll(AuditLogReader reader) throws IOException {
        reader.poll((entries, receipts) -> {
            entries.forEach(entry -> {
                delivered.add(entry.id());
                receipts.confirm(entry);
            });
            return true;
        });
    }
}
