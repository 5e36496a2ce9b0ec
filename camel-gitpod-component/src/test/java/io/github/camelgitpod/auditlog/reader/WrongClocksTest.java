package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelgitpod.auditlog.walk.AdversarialServer;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Row;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Tokens;
import io.github.camelgitpod.auditlog.walk.EntryMaker;
import io.github.camelgitpod.auditlog.walk.ReadAhead;
import io.github.camelgitpod.client.TokenOrganization;
import io.github.camelgitpod.state.CursorState;
import io.github.camelgitpod.state.CursorStore;
import io.github.camelgitpod.state.DeliveredIds;
import io.github.camelgitpod.state.Origin;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a reader begins, how far it saves and what it shows while a clock is wrong. That nothing is lost: {@link NothingIsLostTest}. */
class WrongClocksTest {
    private static final Instant NOW = EntryMaker.ZERO.plus(Duration.ofMinutes(10));
    private static final Instant FAR = Instant.parse("2099-01-01T00:00:00Z");
    private static final QuietLog QUIET = new QuietLog();

    private final AdversarialServer server = new AdversarialServer(new Random(1), Tokens.KEYSET, NOW);
    private MemoryStateRepository repository = new MemoryStateRepository();
    private final List<String> delivered = new ArrayList<>();
    private final List<Instant> savedBetween = new ArrayList<>();
    private Duration machineAhead = Duration.ZERO;
    private StartPosition start = StartPosition.BEGINNING;
    private Instant to;
    private int pageSize = 100;

    @BeforeAll
    static void quiet() {
        QUIET.begin();
    }

    @AfterAll
    static void loud() {
        QUIET.end();
    }

    @BeforeEach
    void begin() {
        server.requestTakes = Duration.ZERO;
    }

    @Test
    void savesInTheMiddleOfAReadAreHeldBackToo() throws IOException {
        for (int i = 0; i < 5; i++) {
            add(NOW.minusSeconds(100 - 20 * i));
        }
        server.clock = time -> FAR;
        poll(reader());

        Instant settled = NOW.minus(Campaign.LOOKBACK);
        assertThat(savedBetween)
                .containsExactly(Instant.EPOCH, NOW.minusSeconds(100), NOW.minusSeconds(80), settled, settled);
        assertThat(saved().watermark()).isEqualTo(settled);
    }

    /** Else a quiet organization, or a filter that seldom matches, would look as if nothing was read. */
    @Test
    void whatIsStoredStaysAtTheNewestEntryAndWhatIsShownDoesNot() throws IOException {
        add(EntryMaker.ZERO);
        AuditLogReader reader = reader();
        poll(reader);

        assertThat(saved().watermark()).isEqualTo(EntryMaker.ZERO);
        assertThat(reader.status().watermark()).isEqualTo(NOW.minus(Campaign.LOOKBACK));
        assertThat(reader.status().rememberedIds()).isEqualTo(1);

        // As of the last full read, be it further or not.
        server.now = NOW.plusSeconds(29);
        poll(reader);
        assertThat(reader.status().watermark()).isEqualTo(NOW.minus(Campaign.LOOKBACK));
        server.now = NOW.plusSeconds(30);
        poll(reader);
        assertThat(reader.status().watermark()).isEqualTo(NOW.minusSeconds(30));
        server.now = NOW.plusSeconds(60);
        machineAhead = Duration.ofMinutes(-5);
        poll(reader);
        assertThat(reader.status().watermark()).isEqualTo(NOW.minusSeconds(300));

        reader.resetTo(StartPosition.at(EntryMaker.ZERO.minusSeconds(1)));
        server.errors = 1;
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> poll(reader));
        assertThat(reader.status().watermark()).isEqualTo(EntryMaker.ZERO.minusSeconds(1));
    }

    @Test
    void nowAndTimesBackFromItAreCountedFromTheNewestEntryIfTheClocksDisagree() throws IOException {
        add(NOW.minusSeconds(20));
        for (Duration wrong : List.of(Duration.ofDays(-20_000), Duration.ofDays(-1))) {
            machineAhead = wrong;
            assertThat(beginning(StartPosition.NOW))
                    .isEqualTo(NOW.minusSeconds(20).plusNanos(1000));
            assertThat(beginning(StartPosition.before(Duration.ofSeconds(5))))
                    .isEqualTo(NOW.minusSeconds(25).plusNanos(1000));
            assertThat(beginning(StartPosition.at(EntryMaker.ZERO))).isEqualTo(EntryMaker.ZERO);
        }
    }

    @Test
    void nowIsNoLaterThanTheEarlierClockIfThereIsNothingBetween() throws IOException {
        machineAhead = Duration.ofDays(20_000);
        assertThat(beginning(StartPosition.NOW)).isEqualTo(NOW);
        add(NOW.minusSeconds(20));
        assertThat(beginning(StartPosition.NOW)).isEqualTo(NOW);
    }

    @Test
    void clocksThatAgreeNeedNoSuchQuestion() throws IOException {
        add(NOW.minusSeconds(20));
        machineAhead = Campaign.LOOKBACK.negated();
        assertThat(beginning(StartPosition.NOW)).isEqualTo(NOW.minus(Campaign.LOOKBACK));
        assertThat(server.requests).isEqualTo(1);
    }

    @Test
    void anEndIsSettledByTheEarlierClock() throws IOException {
        to = NOW;
        server.clock = time -> FAR;
        AuditLogReader reader = reader();
        poll(reader);
        assertThat(reader.isFinished()).isFalse();

        server.now = NOW.plus(Campaign.LOOKBACK);
        poll(reader);
        assertThat(reader.isFinished()).isTrue();
    }

    @Test
    void aCursorAheadOfBothClocksIsRefusedAndNothingMoved() throws IOException {
        store(FAR);
        add(NOW.minusSeconds(1));
        AuditLogReader reader = reader();

        assertThatExceptionOfType(CursorAheadException.class)
                .isThrownBy(() -> poll(reader))
                .withMessageContaining("2099-01-01T00:00:00Z");
        assertThat(saved().watermark()).isEqualTo(FAR);

        // One clock is enough, for it may be the one that is right.
        machineAhead = Duration.ofDays(40_000);
        poll(reader);
        assertThat(delivered).isEmpty();
        machineAhead = Duration.ZERO;

        reader.resetTo(StartPosition.at(NOW.minusSeconds(1)));
        poll(reader);
        assertThat(delivered).containsExactly(NOW.minusSeconds(1).toString());
    }

    /** The last answer can be an old one, and its Date wrong: without a new one it would be refused for ever. */
    @Test
    void theServersClockIsAskedAnewBeforeACursorIsRefused() throws IOException {
        store(NOW.minusSeconds(30));
        machineAhead = Duration.ofDays(-1);
        server.clock = time -> server.requests == 0 ? Instant.EPOCH : time;

        poll(reader());

        assertThat(server.requests).isPositive();
    }

    /** After a sleep this machine's clock has gone on, and what the last answer told has not. */
    @Test
    void theServersClockIsAskedAnewBeforeADisagreementIsTold() throws IOException {
        AuditLogReader reader = reader();
        poll(reader);
        int before = server.requests;
        machineAhead = Duration.ofHours(1);
        server.clock = time -> server.requests == before ? time : time.plus(machineAhead);
        poll(reader);

        assertThat(reader.clocks()).isEqualTo(ClockStatus.NONE);
    }

    @Test
    void aStartInTheFutureIsNotRefused() throws IOException {
        start = StartPosition.at(NOW.plusSeconds(100));
        poll(reader());
        AuditLogReader restarted = reader();
        poll(restarted);
        add(NOW.plusSeconds(99));
        add(NOW.plusSeconds(101));
        server.now = NOW.plusSeconds(101);
        poll(restarted);
        server.now = NOW.plusSeconds(102);
        poll(restarted);

        assertThat(delivered).containsExactly(NOW.plusSeconds(101).toString());
    }

    /** What is settled by it is read again when it has come to it. Late entries must not wait for that. */
    @ParameterizedTest
    @ValueSource(ints = {500, 145})
    void lateEntriesComeThoughOneClockIsDaysBehind(int secondsOfEntries) throws IOException {
        pageSize = 2;
        machineAhead = Duration.ofDays(-3);
        for (int i = -100; i < secondsOfEntries; i++) {
            add(NOW.plusSeconds(i));
        }
        Instant late = NOW.plusSeconds(100).plusMillis(500);
        server.rows.add(new Row(EntryMaker.bare("late", late), late, late.plusSeconds(55)));
        AuditLogReader reader = reader();
        for (int i = 0; i < 38; i++) {
            poll(reader);
            server.now = server.now.plusSeconds(5);
        }
        assertThat(server.now).as("one and a half lookbacks later").isEqualTo(NOW.plusSeconds(190));
        poll(reader);

        assertThat(delivered).contains("late").doesNotHaveDuplicates();
    }

    private Instant beginning(StartPosition position) throws IOException {
        start = position;
        repository = new MemoryStateRepository();
        poll(reader());
        return savedBetween.isEmpty() ? saved().watermark() : savedBetween.get(0);
    }

    private void add(Instant createdAt) {
        server.rows.add(new Row(
                EntryMaker.parse("{\"id\":\"%s\",\"createdAt\":\"%s\"}".formatted(createdAt, createdAt)),
                createdAt,
                createdAt));
    }

    private void store(Instant watermark) {
        store().save(new CursorState(
                watermark, DeliveredIds.of(Map.of()), settings().filter(), null, Origin.UNKNOWN, null));
    }

    private CursorState saved() {
        return store().load().orElseThrow();
    }

    private CursorStore store() {
        return new CursorStore(repository, "key", InstantSource.system());
    }

    private AuditLogReader reader() {
        savedBetween.clear();
        return new AuditLogReader(
                server,
                () -> server.now.plus(machineAhead),
                settings(),
                store(),
                new TokenOrganization(),
                ReadAhead.NONE,
                System::nanoTime);
    }

    private AuditLogReaderSettings settings() {
        return new ReaderSettings()
                .start(start)
                .to(to)
                .lookback(Campaign.LOOKBACK)
                .commitEvery(1)
                .pageSize(pageSize)
                .build();
    }

    private void poll(AuditLogReader reader) throws IOException {
        reader.poll((entries, receipts) -> {
            entries.forEach(entry -> {
                savedBetween.add(saved().watermark());
                delivered.add(entry.id());
                receipts.confirm(entry);
            });
            return true;
        });
    }
}
