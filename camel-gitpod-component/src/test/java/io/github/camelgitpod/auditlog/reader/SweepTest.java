package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelgitpod.auditlog.walk.AdversarialServer;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Dialect;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Row;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Tokens;
import io.github.camelgitpod.auditlog.walk.EntryMaker;
import io.github.camelgitpod.auditlog.walk.ReadAhead;
import io.github.camelgitpod.auditlog.walk.TemporaryFiles;
import io.github.camelgitpod.client.TokenOrganization;
import io.github.camelgitpod.state.CursorStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When a sweep is made, what it counts, and what of it is saved. */
class SweepTest {
    private static final Duration INTERVAL = Duration.ofMinutes(2);

    @RegisterExtension
    static final QuietLog QUIET = new QuietLog();

    private final AdversarialServer server = new AdversarialServer(new Random(1), Tokens.KEYSET, EntryMaker.ZERO);
    private final MemoryStateRepository repository = new MemoryStateRepository() {
        @Override
        public void setState(String key, String value) {
            logSaves += key.endsWith("/delivered") ? 1 : 0;
            super.setState(key, value);
        }
    };
    private final List<String> delivered = new ArrayList<>();
    private int commitEvery = 100;
    private int pageSize = 10;
    private int room = Integer.MAX_VALUE;
    private int lived = Integer.MAX_VALUE;
    private String savedAtCrash;
    private int logSaves;

    @BeforeEach
    void begin() {
        server.requestTakes = Duration.ZERO;
        server.now = EntryMaker.ZERO.plus(Duration.ofMinutes(10));
        // Without a newer entry nothing is too late: the watermark does not pass the newest one.
        add("newest", server.now.minus(Campaign.LOOKBACK), server.now);
    }

    @Test
    void isMadeEachInterval() throws IOException {
        AuditLogReader reader = reader();
        poll(reader);
        addTooLate(1);

        poll(reader, INTERVAL.minus(Campaign.LOOKBACK.dividedBy(2)));
        assertThat(delivered).isEmpty();

        poll(reader, Campaign.LOOKBACK.dividedBy(2));
        assertThat(delivered).hasSize(1);
    }

    /** Clocks that are wrong for a while must not stop it for years. */
    @Test
    void isMadeAfterTheClocksWereWrong() throws IOException {
        Instant right = server.now;
        AuditLogReader reader = reader();
        server.now = Instant.parse("2099-01-01T00:00:00Z");
        poll(reader);
        server.now = right;
        addTooLate(1);
        poll(reader, Duration.ofSeconds(1));

        assertThat(delivered).hasSize(1);
    }

    @Test
    void tellsHowManyItFound() throws IOException {
        AuditLogReader reader = reader();
        poll(reader);
        addTooLate(12);

        assertThat(poll(reader, INTERVAL)).isEqualTo(12);
        assertThat(reader.status().delivered()).isEqualTo(13);
        assertThat(reader.status().beyondLookback()).isEqualTo(12);
        assertThat(reader.status().late()).isEqualTo(12);
        assertThat(poll(reader, INTERVAL)).isZero();
    }

    @Test
    void whatFailsIsFoundByTheNextFullRead() throws IOException {
        AuditLogReader reader = reader();
        poll(reader);
        addTooLate(5);

        room = 2;
        assertThat(poll(reader, INTERVAL)).isEqualTo(2);
        room = Integer.MAX_VALUE;
        assertThat(poll(reader, Campaign.LOOKBACK.dividedBy(2))).isEqualTo(3);

        assertThat(delivered).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void isSavedWithinToo() throws IOException {
        commitEvery = 3;
        AuditLogReader reader = reader();
        poll(reader);
        addTooLate(8);

        lived = 6;
        assertThatExceptionOfType(History.Crash.class).isThrownBy(() -> poll(reader, INTERVAL));
        List<String> before = List.copyOf(delivered);
        lived = Integer.MAX_VALUE;
        // A dead process saves nothing more.
        repository.setState("key/delivered", savedAtCrash);
        poll(reader());

        assertThat(delivered.subList(before.size(), delivered.size()))
                .hasSize(5)
                .containsAll(before.subList(3, 6))
                .doesNotContainAnyElementsOf(before.subList(0, 3));
    }

    @Test
    void countsTowardsCommitEveryTogetherWithThePollBefore() throws IOException {
        commitEvery = 5;
        AuditLogReader reader = reader();
        poll(reader);
        addTooLate(3);
        for (int i = 0; i < 4; i++) {
            Instant createdAt = server.now.plusSeconds(i);
            add("new-" + i, createdAt, createdAt);
        }
        server.now = server.now.plus(INTERVAL);

        List<Integer> savesBefore = new ArrayList<>();
        reader.poll((entries, receipts) -> {
            entries.forEach(entry -> {
                savesBefore.add(logSaves);
                receipts.confirm(entry);
            });
            return true;
        });

        int atFirst = savesBefore.get(0);
        assertThat(savesBefore).containsExactly(atFirst, atFirst, atFirst, atFirst, atFirst, atFirst + 1, atFirst + 1);
    }

    @Test
    void aPageConfirmedAsAWholeIsSavedAndKnownToTheNextOne() throws IOException {
        AuditLogReader reader = reader();
        poll(reader);
        addTooLate(5);
        server.now = server.now.plus(INTERVAL);

        int confirmed = reader.poll((entries, receipts) -> {
            String before = repository.getState("key/delivered");
            receipts.confirmAll(entries);
            assertThat(repository.getState("key/delivered")).isNotEqualTo(before);
            return true;
        });

        assertThat(confirmed).isEqualTo(5);
        assertThat(poll(reader, INTERVAL)).isZero();
    }

    @Test
    void theLogIsSavedWhenItChangedOnly() throws IOException {
        AuditLogReader reader = reader();
        poll(reader);
        logSaves = 0;

        poll(reader, Duration.ofSeconds(1));

        assertThat(logSaves).isZero();
    }

    @Test
    void leavesNothingBehindOfALongWayBack() throws IOException {
        server.dialect = Dialect.IGNORES_ALL;
        pageSize = 1;
        AuditLogReader reader = reader();
        poll(reader);
        addTooLate(130);

        assertThat(poll(reader, INTERVAL)).isEqualTo(130);

        TemporaryFiles.assertNone();
    }

    /** Entries that become visible now and are too old for a full read. */
    private void addTooLate(int count) {
        for (int i = 0; i < count; i++) {
            add("entry-" + i, EntryMaker.ZERO.plusSeconds(i), server.now);
        }
    }

    private void add(String id, Instant createdAt, Instant visibleAt) {
        server.rows.add(new Row(
                EntryMaker.parse("{\"id\":\"%s\",\"createdAt\":\"%s\"}".formatted(id, createdAt)),
                createdAt,
                visibleAt));
    }

    private AuditLogReader reader() {
        AuditLogReaderSettings settings = new ReaderSettings()
                .start(StartPosition.at(EntryMaker.ZERO))
                .lookback(Campaign.LOOKBACK)
                .commitEvery(commitEvery)
                .pageSize(pageSize)
                .sweeps(INTERVAL, Duration.ofHours(1))
                .build();
        return new AuditLogReader(
                server,
                () -> server.now,
                settings,
                new CursorStore(repository, "key", InstantSource.system()),
                new TokenOrganization(),
                ReadAhead.NONE,
                System::nanoTime);
    }

    private int poll(AuditLogReader reader, Duration later) throws IOException {
        server.now = server.now.plus(later);
        return poll(reader);
    }

    private int poll(AuditLogReader reader) throws IOException {
        List<String> inThisPoll = new ArrayList<>();
        return reader.poll((entries, receipts) -> {
            entries.stream().limit(room - inThisPoll.size()).forEach(entry -> {
                if (!entry.id().equals("newest")) {
                    delivered.add(entry.id());
                }
                inThisPoll.add(entry.id());
                if (inThisPoll.size() == lived) {
                    savedAtCrash = repository.getState("key/delivered");
                    throw new History.Crash();
                }
                receipts.confirm(entry);
            });
            return inThisPoll.size() < room;
        });
    }
}
