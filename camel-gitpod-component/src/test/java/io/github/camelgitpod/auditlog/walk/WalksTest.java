package io.github.camelgitpod.auditlog.walk;

import static io.github.camelgitpod.auditlog.walk.ScriptedServer.ZERO;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.entry;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.failing;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.page;
import static io.github.camelgitpod.auditlog.walk.ScriptedServer.undated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelgitpod.auditlog.reader.QuietLog;
import io.github.camelgitpod.auditlog.walk.ScriptedServer.Script;
import io.github.camelgitpod.auditlog.walk.Walks.Kind;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** By which answers a server is taken for a modern or a legacy one. */
class WalksTest {
    private static final Instant NEWEST = ZERO.plusSeconds(10).plusNanos(500);
    private static final Script NOTHING = query -> page(null);
    private static final Script SORTED = query -> page("more", entry("a", ZERO), entry("b", ZERO.plusSeconds(1)));

    @RegisterExtension
    static final QuietLog QUIET = new QuietLog();

    @Test
    void entriesOutsideTheBoundsOrTheOrderShowALegacyServer() throws IOException {
        ScriptedServer server = new ScriptedServer(NOTHING);
        Walks walks = walks(server, Kind.MODERN);

        assertThat(walks.turnsOutLegacy(new LegacyServerException("outside"))).isTrue();
        assertThat(walks.kind()).isEqualTo(Kind.LEGACY);
        assertThat(walks.turnsOutLegacy(new LegacyServerException("outside")))
                .as("known already")
                .isFalse();
        assertThat(server.queries).isEmpty();
    }

    @Test
    void aRefusalShowsALegacyServerIfThePlainRequestIsTaken() throws IOException {
        ScriptedServer server = new ScriptedServer(NOTHING);
        Walks walks = walks(server, Kind.MODERN);

        assertThat(walks.turnsOutLegacy(failure(400))).isTrue();
        assertThat(walks.kind()).isEqualTo(Kind.LEGACY);
        assertThat(server.queries).singleElement().satisfies(query -> {
            assertThat(query.from()).isNull();
            assertThat(query.to()).isNull();
            assertThat(query.order()).isNull();
        });
    }

    @Test
    void aRefusalOfThePlainRequestAsWellShowsSomethingElse() throws IOException {
        Walks walks = walks(new ScriptedServer(failing(400)), Kind.MODERN);

        assertThat(walks.turnsOutLegacy(failure(400))).isFalse();
        assertThat(walks.kind()).isEqualTo(Kind.MODERN);
    }

    @Test
    void aFailureOfThePlainRequestShowsNothing() {
        Walks walks = walks(new ScriptedServer(failing(503)), Kind.MODERN);

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> walks.turnsOutLegacy(failure(400)))
                .withMessageContaining("503");
        assertThat(walks.kind()).isEqualTo(Kind.MODERN);
    }

    @Test
    void otherFailuresShowNothing() throws IOException {
        ScriptedServer server = new ScriptedServer(NOTHING);

        assertThat(walks(server, Kind.MODERN).turnsOutLegacy(failure(500))).isFalse();
        assertThat(walks(server, Kind.MODERN).turnsOutLegacy(new IOException("the connection is gone")))
                .isFalse();
        assertThat(server.queries).isEmpty();
    }

    @Test
    void twoEntriesInOrderAndNothingOutsideShowAModernServer() throws IOException {
        ScriptedServer server = ScriptedServer.inTurn(SORTED, NOTHING);

        assertThat(afterLookingForAnUpgrade(server)).isEqualTo(Kind.MODERN);

        Instant floor = NEWEST.truncatedTo(ChronoUnit.MICROS);
        assertThat(server.queries.get(0).from()).isEqualTo(ZERO);
        assertThat(server.queries.get(0).to()).isEqualTo(floor);
        assertThat(server.queries.get(0).pageSize()).isEqualTo(2);
        assertThat(server.queries.get(1).from()).isEqualTo(floor.minusNanos(1000));
        assertThat(server.queries.get(1).to()).isEqualTo(floor);
    }

    @Test
    void withoutTwoTimesInOrderNothingIsShown() throws IOException {
        List<List<AuditLogEntry>> pages = List.of(
                List.of(),
                List.of(entry("a", ZERO)),
                List.of(entry("a", ZERO), entry("b", ZERO)),
                List.of(undated("a"), entry("b", ZERO)),
                List.of(entry("a", ZERO), undated("b")));
        for (List<AuditLogEntry> entries : pages) {
            ScriptedServer server =
                    ScriptedServer.inTurn(query -> page(null, entries.toArray(AuditLogEntry[]::new)), NOTHING);
            assertThat(afterLookingForAnUpgrade(server)).as("%s", entries).isEqualTo(Kind.LEGACY);
        }
    }

    @Test
    void anEntryOutsideTheBoundsShowsALegacyServerStill() throws IOException {
        ScriptedServer server = ScriptedServer.inTurn(SORTED, query -> page(null, entry("z", NEWEST)));

        assertThat(afterLookingForAnUpgrade(server)).isEqualTo(Kind.LEGACY);
    }

    @Test
    void aRefusalShowsALegacyServerStillAndAFailureNothing() throws IOException {
        assertThat(afterLookingForAnUpgrade(new ScriptedServer(failing(400)))).isEqualTo(Kind.LEGACY);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> afterLookingForAnUpgrade(new ScriptedServer(failing(503))));
    }

    @Test
    void nothingIsAskedWhereThereIsNothingToTellBy() throws IOException {
        ScriptedServer server = new ScriptedServer(NOTHING);
        walks(server, Kind.LEGACY).lookForUpgrade(ZERO, null);
        walks(server, Kind.LEGACY).lookForUpgrade(ZERO, ZERO.plusNanos(999));
        walks(server, Kind.MODERN).lookForUpgrade(ZERO, NEWEST);

        assertThat(server.queries).isEmpty();
    }

    @Test
    void legacyWalksHaveChangingPageSizesAndAModernOneTheWholeOfIt() throws IOException {
        ScriptedServer server = new ScriptedServer(NOTHING);
        Walks legacy = walks(server, Kind.LEGACY);
        for (int i = 0; i < 4; i++) {
            legacy.walk(ZERO, NEWEST).next();
        }
        walks(server, Kind.MODERN).walk(ZERO, NEWEST).next();

        assertThat(server.queries).extracting(AuditLogQuery::pageSize).containsExactly(10, 9, 8, 10, 10);
        assertThat(server.queries.get(3).from()).isNull();
        assertThat(server.queries.get(4).from()).isEqualTo(ZERO);
    }

    @Test
    void aLegacyServerIsNotTrustedWithTheFilter() {
        ScriptedServer server = new ScriptedServer(NOTHING);
        AuditLogFilter filter = new AuditLogFilter(List.of("actor"), List.of(), List.of(), List.of());

        assertThat(new Walks(server, filter, 10, ReadAhead.NONE, SpillDirectory.in(null), Kind.MODERN).filterPlan())
                .isEqualTo(FilterPlan.of(filter));
        assertThat(new Walks(server, filter, 10, ReadAhead.NONE, SpillDirectory.in(null), Kind.LEGACY).filterPlan())
                .isEqualTo(FilterPlan.untrusted(filter));
    }

    private static Kind afterLookingForAnUpgrade(ScriptedServer server) throws IOException {
        Walks walks = walks(server, Kind.LEGACY);
        walks.lookForUpgrade(ZERO, NEWEST);
        return walks.kind();
    }

    private static Walks walks(ScriptedServer server, Kind kind) {
        return new Walks(server, AuditLogFilter.ALL, 10, ReadAhead.NONE, SpillDirectory.in(null), kind);
    }

    private static ApiException failure(int status) {
        return new ApiException(status, "code", "message", null);
    }
}
