package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.auditlog.walk.AdversarialServer;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Dialect;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Row;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Tokens;
import io.github.camelgitpod.auditlog.walk.EntryMaker;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.FilterChangePolicy;
import io.github.camelgitpod.state.CoverageState.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the coverage report says, and why it says no more. That what it says is so: {@link NothingIsLostTest}. */
class CoverageTest {
    private static final Instant NOW = EntryMaker.ZERO.plus(Duration.ofMinutes(10));
    /** The lookback before it. */
    private static final Instant SETTLED = NOW.minus(Campaign.LOOKBACK);

    @RegisterExtension
    static final QuietLog QUIET = new QuietLog();

    private AdversarialServer server = new AdversarialServer(new Random(1), Tokens.KEYSET, NOW);
    private final MemoryStateRepository repository = new MemoryStateRepository();
    private ReaderSettings settings = settings();
    private Duration machineAhead = Duration.ZERO;
    private boolean passOver;
    private AuditLogReader reader;

    @BeforeEach
    void fill() {
        server.requestTakes = Duration.ZERO;
        for (int i = 0; i < 5; i++) {
            add(EntryMaker.ZERO.plusSeconds(i), Duration.ZERO);
        }
    }

    @Test
    void saysFromWhereUntilWhenAndHowMany() throws IOException {
        open();
        assertThat(reader.coverage()).as("nothing was read").isNull();

        // After the lookback before now: delivered, and not claimed.
        add(NOW.minusSeconds(10), Duration.ZERO);
        poll();
        assertThat(text().lines())
                .containsExactly(
                        "complete from the beginning of the log to " + SETTLED
                                + ": 5 entries, of them 0 late, 0 duplicates dropped; not complete: nothing is known to be"
                                + " missing",
                        "What was read: organization organization at https://gitpod.test/api; filter: none, all entries",
                        "It begins there because the consumer began there (at " + NOW + " by this machine's clock)",
                        "It ends there because what was created later has not been read completely, or is younger than"
                                + " lookback=1m and more of it may become visible",
                        "It rests on this: an entry becomes visible within lookback=1m of its creation; later ones are not"
                                + " looked for (sweepInterval is not set); one of two clocks is right, the server's or this"
                                + " machine's");
    }

    @Test
    void lateEntriesAreCounted() throws IOException {
        open();
        add(NOW.minusSeconds(30), Duration.ofSeconds(40));
        add(NOW.minusSeconds(20), Duration.ZERO);
        poll();
        server.now = NOW.plus(Campaign.LOOKBACK);
        poll();

        assertThat(current().entries()).isEqualTo(7);
        assertThat(current().late()).isEqualTo(1);
        assertThat(current().dropped()).as("what the lookback reads again").isZero();
    }

    @Test
    void whatTheServerListsTwiceInOneReadIsADuplicate() throws IOException {
        server = new AdversarialServer(new Random(1), Tokens.OFFSET, NOW);
        server.requestTakes = Duration.ofSeconds(1);
        for (int i = 0; i < 25; i++) {
            add(EntryMaker.ZERO.plusSeconds(i), Duration.ZERO);
        }
        // Visible after the first page was listed, which moves the rest by one.
        add(EntryMaker.ZERO.minusSeconds(1), Duration.between(EntryMaker.ZERO.minusSeconds(1), NOW.plusMillis(1)));
        open();
        poll();

        assertThat(current().dropped()).isPositive();
        assertThat(current().entries()).isGreaterThanOrEqualTo(25);
        long once = current().dropped();
        server.now = NOW.plusSeconds(30);
        poll();
        assertThat(current().dropped()).as("while nothing happens").isEqualTo(once);
    }

    @Test
    void outlivesTheProcess() throws IOException {
        open();
        poll();
        // How far a read of nothing went is saved with the next entry.
        add(NOW, Duration.ZERO);
        server.now = NOW.plusSeconds(1);
        poll();
        String before = text();
        open();

        assertThat(text()).isEqualTo(before);
        server.now = NOW.plus(Campaign.LOOKBACK).plusSeconds(1);
        poll();
        assertThat(current().entries()).isEqualTo(6);
        assertThat(current().from()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void endsAtTheEndOfTheRangeAlsoForTheNextProcess() throws IOException {
        settings.to(EntryMaker.ZERO.plusSeconds(100));
        open();
        poll();
        assertThat(reader.isFinished()).isTrue();
        open();

        assertThat(current().until()).isEqualTo(EntryMaker.ZERO.plusSeconds(100));
        assertThat(text()).contains("It ends there because to=2026-02-18T10:01:40Z is reached");
    }

    @Test
    void aResetEndsItAndLeavesAGap() throws IOException {
        open();
        poll();
        reader.resetTo(StartPosition.at(EntryMaker.ZERO.plusSeconds(3)));
        poll();

        assertThat(current().entries()).isEqualTo(2);
        assertThat(text().lines())
                .anyMatch(line -> line.startsWith("complete from 2026-02-18T10:00:03Z to " + SETTLED + ": 2 entries"))
                .anyMatch(line -> line.startsWith("It begins there because the cursor was reset (at"))
                .anyMatch(line -> line.startsWith("Before it: complete from the beginning of the log to " + SETTLED
                        + ": 5 entries, of them 0 late"));
    }

    @Test
    void ofManyResetsOnlyTheLastAreKept() throws IOException {
        open();
        poll();
        for (int i = 0; i < 15; i++) {
            reader.resetTo(StartPosition.at(EntryMaker.ZERO.plusSeconds(i)));
            poll();
        }

        assertThat(reader.coverage().covered().spans()).hasSize(11);
        assertThat(text()).endsWith("Before these: 5 more, which are not kept");
    }

    @Test
    void whatThePollPassesOverIsNamed() throws IOException {
        passOver = true;
        open();
        poll();

        assertThat(text())
                .contains("not complete: with 5 entries the route failed, and breakOnFirstError=false passed over:"
                        + " entry-2026-02-18T10:00:00Z of 2026-02-18T10:00:00Z, entry-2026-02-18T10:00:01Z of");
        String before = text();
        open();
        assertThat(text()).as("of the next process").isEqualTo(before);
    }

    @Test
    void ofManyPassedOverOnlyTheLastAreNamed() throws IOException {
        passOver = true;
        for (int i = 5; i < 100; i++) {
            add(EntryMaker.ZERO.plusSeconds(i), Duration.ZERO);
        }
        open();
        poll();

        assertThat(current().passedOver()).isEqualTo(100);
        assertThat(current().lastPassedOver()).hasSize(50).containsKey("entry-2026-02-18T10:01:39Z");
        assertThat(text()).contains("passed over: the last are entry-2026-02-18T10:00:50Z of");
    }

    @Test
    void anotherFilterBeginsAnewWhereItsCursorStands() throws IOException {
        open();
        poll();
        settings.filter(new AuditLogFilter(List.of(EntryMaker.actor(0)), List.of(), List.of(), List.of()));
        open();
        poll();

        assertThat(current().from()).as("the newest entry's time").isEqualTo(EntryMaker.ZERO.plusSeconds(4));
        assertThat(text())
                .contains("because the filter was: none, all entries; and is: actorIds=actor-000 (at")
                .contains("Before it: complete from the beginning of the log to " + SETTLED + ": 5 entries");
    }

    @Test
    void aCursorThatWasDroppedForAnotherFilterLeavesItsReport() throws IOException {
        settings.filter(new AuditLogFilter(List.of(EntryMaker.actor(0)), List.of(), List.of(), List.of()));
        open();
        poll();
        settings = settings().onFilterChange(FilterChangePolicy.reset);
        open();
        poll();

        assertThat(current().from()).isEqualTo(Instant.EPOCH);
        assertThat(current().entries()).isEqualTo(5);
        assertThat(text())
                .contains("because the filter was: actorIds=actor-000; and is: none, all entries (at")
                .contains("Before it: complete from the beginning of the log to " + SETTLED + ": 5 entries");
    }

    @Test
    void anotherAddressBeginsAnew() throws IOException {
        open();
        poll();
        settings = settings().address("https://other.test/api").onFilterChange(FilterChangePolicy.keep);
        open();

        assertThat(current().from()).isEqualTo(EntryMaker.ZERO.plusSeconds(4));
        assertThat(current().entries()).as("what another server listed").isZero();
        assertThat(text())
                .contains("because the cursor was of organization organization at https://gitpod.test/api, and what is"
                        + " read is of an unknown organization at https://other.test/api");
    }

    @Test
    void aCursorOfAVersionWithoutReportsHasOneFromThereOn() throws IOException {
        open();
        poll();
        String stored = repository.getState("key");
        repository.setState("key", stored.replaceFirst("\"coverage\":\\{.*},\"savedAt\"", "\"savedAt\""));
        open();

        assertThat(repository.getState("key")).doesNotContain("coverage");
        assertThat(current().from()).isEqualTo(EntryMaker.ZERO.plusSeconds(4));
        poll();
        assertThat(current().until()).isEqualTo(SETTLED);
        assertThat(current().entries()).as("with the one at the cursor").isEqualTo(1);
        assertThat(text()).contains("because the cursor is of a version that kept no report");
    }

    @Test
    void clocksThatDisagreeAreTold() throws IOException {
        open();
        poll();
        machineAhead = Duration.ofHours(3);
        server.now = NOW.plus(Campaign.LOOKBACK);
        poll();
        machineAhead = Duration.ZERO;
        server.now = NOW.plus(Campaign.LOOKBACK.multipliedBy(2));
        poll();

        assertThat(text())
                .contains("not complete: reads from 2026-02-18T10:11:00Z to 2026-02-18T10:11:00Z went by the earlier of"
                        + " two clocks that disagreed by more than lookback (the last time the server's clock says");
    }

    @Test
    void anOlderServerIsTold() throws IOException {
        server.dialect = Dialect.IGNORES_ALL;
        open();
        poll();

        assertThat(text()).contains("not complete: some of it was read from an older server");
    }

    @Test
    void whatOnlyASweepFoundIsTold() throws IOException {
        settings.sweeps(Duration.ofSeconds(1), Duration.ofHours(1));
        open();
        add(NOW.minusSeconds(60), Duration.ofSeconds(200));
        add(NOW, Duration.ZERO);
        poll();
        server.now = NOW.plusSeconds(100);
        poll();
        server.now = NOW.plusSeconds(300);
        poll();

        assertThat(current().beyondLookback()).isEqualTo(1);
        assertThat(current().entries()).isEqualTo(7);
        assertThat(text())
                .contains("1 of them became visible later than lookback, where only a sweep found them")
                .contains("later ones are looked for by sweeps, until 1h after it");
    }

    private static ReaderSettings settings() {
        return new ReaderSettings().lookback(Campaign.LOOKBACK).pageSize(10);
    }

    private void open() {
        reader = settings.reader(server, () -> server.now.plus(machineAhead), repository);
    }

    private void poll() throws IOException {
        reader.poll((entries, receipts) -> {
            for (AuditLogEntry entry : entries) {
                if (passOver) {
                    receipts.passedOver(List.of(entry));
                }
                receipts.confirm(entry);
            }
            return true;
        });
    }

    private String text() {
        return reader.coverage().text(null);
    }

    private Span current() {
        return reader.coverage().current();
    }

    private void add(Instant createdAt, Duration lateness) {
        server.rows.add(new Row(
                EntryMaker.parse("{\"id\":\"entry-%s\",\"actorId\":\"actor-000\",\"createdAt\":\"%s\"}"
                        .formatted(createdAt, createdAt)),
                createdAt,
                createdAt.plus(lateness)));
    }
}
