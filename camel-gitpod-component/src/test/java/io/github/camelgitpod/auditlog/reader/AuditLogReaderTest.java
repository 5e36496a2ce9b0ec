package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelgitpod.auditlog.walk.AdversarialServer;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Dialect;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Row;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Tokens;
import io.github.camelgitpod.auditlog.walk.EntryMaker;
import io.github.camelgitpod.auditlog.walk.TemporaryFiles;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.ListingGivenUpException;
import io.github.camelgitpod.client.http.PartialServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reader tells of itself, its end, its resets, and what it saves. Delivery itself: {@link NothingIsLostTest}. */
class AuditLogReaderTest {
    private static final Instant NOW = EntryMaker.ZERO.plus(Duration.ofMinutes(10));

    @RegisterExtension
    static final QuietLog QUIET = new QuietLog();

    private final AdversarialServer server = new AdversarialServer(new Random(1), Tokens.KEYSET, NOW);
    private final List<String> delivered = new ArrayList<>();
    private final List<String> saves = new ArrayList<>();
    private final MemoryStateRepository repository = new MemoryStateRepository() {
        @Override
        public void setState(String key, String value) {
            saves.add(value);
            super.setState(key, value);
        }
    };
    private Instant to;
    private int pageSize = 10;
    private int commitEvery = 100;
    private int room = Integer.MAX_VALUE;

    @BeforeEach
    void fill() {
        server.requestTakes = Duration.ZERO;
        for (int i = 0; i < 5; i++) {
            add(EntryMaker.ZERO.plusSeconds(i));
        }
    }

    @Test
    void isFinishedWhenTheEndIsSettledAndEverythingBeforeItDelivered() throws IOException {
        to = NOW;
        AuditLogReader reader = reader();
        assertThat(reader.isFinished()).isFalse();

        assertThat(poll(reader)).isEqualTo(5);
        assertThat(reader.isFinished()).as("something may still become visible").isFalse();

        server.now = NOW.plus(Campaign.LOOKBACK);
        add(NOW);
        poll(reader);
        assertThat(reader.isFinished()).isTrue();
        assertThat(delivered).hasSize(5);
        assertThat(reader.status().delivered()).isEqualTo(5);

        int requests = server.requests;
        assertThat(poll(reader)).isZero();
        assertThat(server.requests).isEqualTo(requests);
    }

    @Test
    void aResetBeginsAnewAlsoAfterTheEnd() throws IOException {
        to = EntryMaker.ZERO.plusSeconds(3);
        AuditLogReader reader = reader();
        poll(reader);
        assertThat(reader.isFinished()).isTrue();
        assertThat(reader.pendingReset()).isNull();

        StartPosition position = StartPosition.at(EntryMaker.ZERO.plusSeconds(1));
        reader.resetTo(position);
        assertThat(reader.pendingReset()).isEqualTo(position);
        assertThat(reader.isFinished()).isFalse();

        poll(reader);
        assertThat(delivered).hasSize(5).endsWith(delivered.get(1), delivered.get(2));
        assertThat(reader.pendingReset()).isNull();
        assertThat(reader.isFinished()).isTrue();
    }

    @Test
    void theReadAfterAResetIsAFullOne() throws IOException {
        AuditLogReader reader = reader();
        poll(reader);

        reader.resetTo(StartPosition.at(EntryMaker.ZERO.plusSeconds(1)));
        server.now = NOW.plusSeconds(1);
        poll(reader);

        assertThat(reader.status().watermark()).isEqualTo(server.now.minus(Campaign.LOOKBACK));
    }

    @Test
    void aServerWithoutADateIsAnError() {
        server.dateless = true;

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> poll(reader()))
                .withMessageContaining("carry no Date");
    }

    @Test
    void whatIsNoSignOfAnOldServerIsNotAskedAgain() {
        server.errors = 1;

        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> poll(reader()));

        assertThat(server.requests).isEqualTo(1);
    }

    @Test
    void theFirstPollFindsOutAnOldServerAndDelivers() throws IOException {
        server.dialect = Dialect.REJECTS;

        assertThat(poll(reader())).isEqualTo(5);

        assertThat(reader().status().server()).as("as stored").isEqualTo("LEGACY");
    }

    @Test
    void thePollThatFindsOutAnOldServerIsAsCompleteAsOthers() throws IOException {
        server.dialect = Dialect.REJECTS;
        to = EntryMaker.ZERO.plusSeconds(30);
        AuditLogReader reader = reader();

        room = 2;
        poll(reader);
        assertThat(reader.isFinished()).isFalse();

        server.dialect = Dialect.IGNORES_SORT;
        AuditLogReader another = settings().reader(server, () -> server.now, new MemoryStateRepository());
        room = Integer.MAX_VALUE;
        poll(another);
        assertThat(another.isFinished()).isTrue();
        assertThat(another.status().server()).isEqualTo("LEGACY");
    }

    @Test
    void theNextFullReadFindsOutAnUpgrade() throws IOException {
        server.dialect = Dialect.IGNORES_ALL;
        AuditLogReader reader = reader();
        poll(reader);
        add(NOW.minusSeconds(30));
        add(NOW.minusSeconds(20));
        add(NOW.minusSeconds(10));
        poll(reader);
        assertThat(reader.status().server()).isEqualTo("LEGACY");

        server.dialect = Dialect.MODERN;
        server.now = NOW.plus(Campaign.LOOKBACK.dividedBy(2));
        poll(reader);

        assertThat(reader.status().server()).isEqualTo("MODERN");
    }

    @Test
    void aLateEntryIsCounted() throws IOException {
        AuditLogReader reader = reader();
        add(NOW.minusSeconds(2));
        poll(reader);
        add(NOW.minusSeconds(4));
        server.now = NOW.plusSeconds(1);
        poll(reader);

        assertThat(reader.status().late()).isEqualTo(1);
        assertThat(reader.status().latenessByBucket()).startsWith("<=PT10S: 1, <=PT1M: 0");
        assertThat(reader.status().beyondLookback()).isZero();
    }

    @Test
    void savesWhereItBeginsAndWhatChanged() throws IOException {
        AuditLogReader reader = reader();
        poll(reader);
        assertThat(saves).as("the beginning, and the end of the poll").hasSize(2);

        server.now = NOW.plusSeconds(7);
        poll(reader);
        assertThat(saves).as("nothing changed").hasSize(2);
    }

    @Test
    void savesAfterEachCommitEvery() throws IOException {
        commitEvery = 2;
        List<Integer> savesBefore = new ArrayList<>();
        reader().poll((entries, receipts) -> {
            entries.forEach(entry -> {
                savesBefore.add(saves.size());
                receipts.confirm(entry);
            });
            return true;
        });

        assertThat(savesBefore).containsExactly(1, 1, 2, 2, 3);
        assertThat(saves).hasSize(4);
    }

    @Test
    void aPageConfirmedAsAWholeIsSavedOnce() throws IOException {
        AuditLogReader reader = reader();
        reader.poll((entries, receipts) -> {
            int before = saves.size();
            receipts.confirmAll(entries);
            assertThat(saves).hasSize(before + 1);
            return true;
        });

        assertThat(reader.status().delivered()).isEqualTo(5);
        assertThat(poll(reader())).as("known to the next process").isZero();
    }

    @Test
    void leavesNothingBehindOfALongWayBack() throws IOException {
        server.dialect = Dialect.IGNORES_ALL;
        pageSize = 1;
        for (int i = 5; i < 130; i++) {
            add(EntryMaker.ZERO.plusSeconds(i));
        }

        assertThat(poll(reader())).isEqualTo(130);

        TemporaryFiles.assertNone();
    }

    @ParameterizedTest
    @EnumSource(names = {"MODERN", "IGNORES_ALL"})
    void anEntryWithoutATimeComesOnceHoweverLongItIsListed(Dialect dialect) throws IOException {
        server.dialect = dialect;
        AuditLogReader reader = reader();
        poll(reader);
        undated("undated", NOW);
        undated("among others", EntryMaker.ZERO.plusSeconds(2));
        for (int i = 0; i < 40; i++) {
            server.now = NOW.plusSeconds(30 * i);
            if (i > 20 && i % 4 == 0) {
                add(server.now);
            }
            if (i % 3 == 0) {
                reader = reader();
            }
            poll(reader);
        }

        assertThat(delivered).contains("undated").doesNotHaveDuplicates();
    }

    /** A server that has no time for it may list it in whatever range is asked for. */
    @Test
    void anEntryWithoutATimeThatIsInEveryRangeComesOnce() throws IOException {
        AuditLogPage page = new AuditLogPage(List.of(EntryMaker.parse("{\"id\":\"undated\"}")), null);
        AuditLogReader reader = settings()
                .reader(
                        new PartialServer() {
                            @Override
                            public AuditLogPage listAuditLogs(AuditLogQuery query) {
                                return page;
                            }

                            @Override
                            public Optional<Instant> serverTime() {
                                return Optional.of(server.now);
                            }
                        },
                        () -> server.now,
                        repository);
        for (int i = 0; i < 40; i++) {
            server.now = NOW.plusSeconds(30 * i);
            poll(reader);
        }

        assertThat(delivered).containsExactly("undated");
    }

    @Test
    void anEntryTwiceInAPageComesOnce() throws IOException {
        add(EntryMaker.ZERO.plusSeconds(2));

        assertThat(poll(reader())).isEqualTo(5);

        assertThat(delivered).doesNotHaveDuplicates();
    }

    @Test
    void afterAListingWithoutEndNothingIsAskedForAWhileUnlessTheCursorIsReset() throws IOException {
        int[] asked = {0};
        AuditLogReader reader = settings()
                .reader(
                        new PartialServer() {
                            @Override
                            public AuditLogPage listAuditLogs(AuditLogQuery query) {
                                if (++asked[0] > 5_000) {
                                    throw new AssertionError("no end of requests");
                                }
                                return new AuditLogPage(List.of(), "token " + asked[0]);
                            }

                            @Override
                            public Optional<Instant> serverTime() {
                                return Optional.of(NOW);
                            }
                        },
                        () -> NOW,
                        repository);

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(ListingGivenUpException.class).isThrownBy(() -> poll(reader));
        }
        assertThat(asked[0]).isEqualTo(1_000);

        reader.resetTo(StartPosition.BEGINNING);
        assertThatExceptionOfType(ListingGivenUpException.class).isThrownBy(() -> poll(reader));
        assertThat(asked[0]).isEqualTo(2_000);
    }

    private void undated(String id, Instant createdAt) {
        server.rows.add(new Row(EntryMaker.parse("{\"id\":\"%s\"}".formatted(id)), createdAt, createdAt));
    }

    private void add(Instant createdAt) {
        server.rows.add(new Row(
                EntryMaker.parse("{\"id\":\"%s\",\"createdAt\":\"%s\"}".formatted(createdAt, createdAt)),
                createdAt,
                createdAt));
    }

    private AuditLogReader reader() {
        return settings().reader(server, () -> server.now, repository);
    }

    private ReaderSettings settings() {
        return new ReaderSettings()
                .to(to)
                .lookback(Campaign.LOOKBACK)
                .commitEvery(commitEvery)
                .pageSize(pageSize);
    }

    private int poll(AuditLogReader reader) throws IOException {
        List<String> inThisPoll = new ArrayList<>();
        return reader.poll((entries, receipts) -> {
            entries.stream().limit(room - inThisPoll.size()).forEach(entry -> {
                inThisPoll.add(entry.id());
                delivered.add(entry.id());
                receipts.confirm(entry);
            });
            return inThisPoll.size() < room;
        });
    }
}
