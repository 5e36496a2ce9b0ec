package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camelgitpod.auditlog.walk.AdversarialServer;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Dialect;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Row;
import io.github.camelgitpod.auditlog.walk.AdversarialServer.Tokens;
import io.github.camelgitpod.auditlog.walk.EntryMaker;
import io.github.camelgitpod.auditlog.walk.SteadyServer;
import io.github.camelgitpod.auditlog.walk.TemporaryFiles;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.model.FilterChangePolicy;
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
import java.util.stream.IntStream;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DryRunTest {
    private static final Instant NOW = EntryMaker.ZERO.plusSeconds(3600);
    private static final AuditLogFilter ONE_ACTOR = actors(1);

    private static final String LEGACY =
            "the server is an older one, which does not filter by time or sort: it is read newest first,"
                    + " best effort";

    private final AdversarialServer server = new AdversarialServer(new Random(1), Tokens.KEYSET, NOW);
    private final MemoryStateRepository repository = new MemoryStateRepository();
    private final List<String> findings = new ArrayList<>();
    private AuditLogFilter filter = AuditLogFilter.ALL;
    private FilterChangePolicy onFilterChange = FilterChangePolicy.fail;
    private Instant to;
    private int pageSize = 3;
    private Duration localClockAhead = Duration.ZERO;

    @BeforeEach
    void fill() {
        server.requestTakes = Duration.ZERO;
        add(10);
    }

    @Test
    void tellsWhatItFinds() throws IOException {
        run();

        assertThat(findings)
                .containsExactly(
                        "the token belongs to user subject of organization organization, plan enterprise",
                        "access to the audit log: granted",
                        "the server's clock says 2026-02-18T11:00:00Z, and this machine's agrees",
                        "no stored cursor: it begins with the first entry there is",
                        "the server filters by time and sorts: it is read oldest first",
                        "filter: none, all entries; read in pages of 3 entries",
                        "10 entries wait to be delivered");
    }

    @Test
    void comparesTheClocks() throws IOException {
        localClockAhead = Duration.ofSeconds(-90);

        run();

        assertThat(findings).contains("the server's clock says 2026-02-18T11:00:00Z, this machine's is 1m30s behind");
    }

    @Test
    void tellsThatTheClocksDisagreeByMoreThanTheLookback() throws IOException {
        localClockAhead = Campaign.LOOKBACK.negated();
        run();
        assertThat(findings).noneMatch(finding -> finding.contains("disagree"));

        localClockAhead = Campaign.LOOKBACK.plusSeconds(1);
        run();
        assertThat(findings).anyMatch(finding -> finding.startsWith("they disagree by more than lookback=1m"));
    }

    @Test
    void refusesACursorAheadOfBothClocksAsTheConsumerWould() {
        store(ONE_ACTOR, NOW.plusSeconds(3600));

        assertThatExceptionOfType(CursorAheadException.class).isThrownBy(this::run);
    }

    @Test
    void tellsWhatOfTheFilterIsAppliedHere() throws IOException {
        filter =
                new AuditLogFilter(actors(200).actorIds(), List.of(), actors(30).actorIds(), List.of());

        run();

        assertThat(findings)
                .contains("filter: " + FilterText.of(filter)
                        + "; read in pages of 3 entries, with 2 requests for each, since one"
                        + " takes few values; applied here and not by the server: "
                        + FilterText.of(actors(200)))
                .contains("0 entries wait to be delivered");
    }

    @Test
    void ofALegacyServerTellsThatAllOfTheFilterIsAppliedHere() throws IOException {
        server.dialect = Dialect.REJECTS;
        filter = ONE_ACTOR;

        run();

        assertThat(findings)
                .contains(LEGACY, "10 entries wait to be delivered")
                .contains(
                        "filter: " + FilterText.of(filter) + "; read in pages of 3 entries; applied here and not by the"
                                + " server: " + FilterText.of(filter));
    }

    @Test
    void countsEachEntryOnceWhenTheServerTurnsOutLegacyAfterTheFirstPage() throws IOException {
        server.requestTakes = Duration.ofSeconds(1);
        server.laterDialect = Dialect.IGNORES_ALL;
        server.changesAt = NOW.plusSeconds(2);

        run();

        assertThat(findings).contains(LEGACY, "10 entries wait to be delivered");
    }

    @Test
    void leavesNothingBehindOfALongWayBack() throws IOException {
        server.dialect = Dialect.IGNORES_ALL;
        pageSize = 1;
        server.rows.clear();
        add(130);

        run();

        TemporaryFiles.assertNone();
        assertThat(findings).contains("130 entries wait to be delivered");
    }

    @Test
    void countsFromTheStoredCursorWithoutWhatItKnows() throws IOException {
        store(ONE_ACTOR);

        run();

        assertThat(findings)
                .contains(
                        "stored cursor: everything before 2026-02-18T10:00:04Z counts as delivered",
                        "5 entries wait to be delivered");
    }

    @Test
    void treatsAStoredCursorOfANarrowerFilterAsTheConsumerWould() throws IOException {
        store(actors(2));
        assertThatIllegalArgumentException().isThrownBy(this::run).withMessageContaining("onFilterChange");

        onFilterChange = FilterChangePolicy.reset;
        run();

        assertThat(findings)
                .contains(
                        "no stored cursor: it begins with the first entry there is", "10 entries wait to be delivered");
    }

    @Test
    void countsToTheEndAsked() throws IOException {
        to = EntryMaker.ZERO.plusSeconds(4);

        run();

        assertThat(findings).contains("4 entries wait to be delivered");
    }

    @Test
    void countsWhatIsThereAlready() throws IOException {
        to = NOW.plusSeconds(100);
        server.rows.add(row(NOW.plusSeconds(50)));

        run();

        assertThat(findings).contains("10 entries wait to be delivered");
    }

    @Test
    void countsToTenThousand() throws IOException {
        SteadyServer endless = new SteadyServer(Duration.ofSeconds(1), 1);
        pageSize = 100;
        endless.now = SteadyServer.FIRST.plusSeconds(9_999);
        run(endless);
        endless.now = SteadyServer.FIRST.plusSeconds(10_000);
        run(endless);
        endless.now = SteadyServer.FIRST.plusSeconds(1_000_000);
        run(endless);

        assertThat(findings)
                .contains("9999 entries wait to be delivered", "at least 10000 entries wait to be delivered")
                .anyMatch(finding -> finding.matches("at least 10\\d\\d\\d entries wait to be delivered"));
        assertThat(endless.requests).isLessThan(350);
    }

    @Test
    void whatWasFoundBeforeAFailureIsTold() {
        server.errors = 1;

        assertThatExceptionOfType(ApiException.class).isThrownBy(this::run);

        assertThat(findings)
                .containsExactly("the token belongs to user subject of organization organization, plan enterprise");
    }

    @Test
    void aServerWithoutADateIsAnError() {
        server.dateless = true;

        assertThatExceptionOfType(IOException.class).isThrownBy(this::run).withMessageContaining("carry no Date");
    }

    @Test
    void aFailureWhileCountingIsAnError() {
        AuditLogReaderSettings settings = settings();
        DryRun dryRun = new DryRun(server, settings, cursorStore(), InstantSource.fixed(NOW), finding -> {
            findings.add(finding);
            server.errors = finding.startsWith("no stored cursor") ? 1 : 0;
        });

        assertThatExceptionOfType(ApiException.class).isThrownBy(dryRun::run);
        assertThat(findings).hasSize(4);
    }

    private void run() throws IOException {
        run(server);
    }

    private void run(GitpodClient client) throws IOException {
        InstantSource localClock = InstantSource.fixed(NOW.plus(localClockAhead));
        new DryRun(client, settings(), cursorStore(), localClock, findings::add).run();
    }

    private AuditLogReaderSettings settings() {
        return new ReaderSettings()
                .filter(filter)
                .to(to)
                .lookback(Campaign.LOOKBACK)
                .pageSize(pageSize)
                .onFilterChange(onFilterChange)
                .build();
    }

    /** Stores a cursor at the fifth entry, with the entry after it delivered. */
    private void store(AuditLogFilter of) {
        store(of, EntryMaker.ZERO.plusSeconds(4));
    }

    private void store(AuditLogFilter of, Instant watermark) {
        filter = ONE_ACTOR;
        cursorStore()
                .save(new CursorState(
                        watermark,
                        DeliveredIds.of(Map.of("entry-5", EntryMaker.ZERO.plusSeconds(5))),
                        of.equals(ONE_ACTOR)
                                ? of
                                : new AuditLogFilter(List.of("other"), List.of(), List.of(), List.of()),
                        null,
                        Origin.UNKNOWN,
                        null));
    }

    private CursorStore cursorStore() {
        return new CursorStore(repository, "key", InstantSource.fixed(NOW));
    }

    /** Adds entries of one actor, a second apart. */
    private void add(int count) {
        IntStream.range(0, count).forEach(i -> server.rows.add(row(EntryMaker.ZERO.plusSeconds(i))));
    }

    private static Row row(Instant createdAt) {
        long number = Duration.between(EntryMaker.ZERO, createdAt).toSeconds();
        return new Row(
                EntryMaker.parse("{\"id\":\"entry-%d\",\"actorId\":\"actor-000\",\"createdAt\":\"%s\"}"
                        .formatted(number, createdAt)),
                createdAt,
                createdAt);
    }

    private static AuditLogFilter actors(int count) {
        return new AuditLogFilter(
                IntStream.range(0, count).mapToObj(EntryMaker::actor).toList(), List.of(), List.of(), List.of());
    }
}
