package io.github.camelgitpod.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.EventQuery.ResourceTypeFilter;
import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.event.group.StreamScopes;
import io.github.camelgitpod.model.ShortKey;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.testing.RecordedLogs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Test;

/** Texts as earlier versions wrote them are read, and those of later versions are refused. */
class StoredFormatsTest {
    private static final Instant TIME = Instant.parse("2026-02-18T10:00:00Z");
    private static final String SERVER = "https://app.gitpod.io";
    private static final ResourceTypeFilter ANY_TYPE = new ResourceTypeFilter(null, List.of(), List.of());
    private static final RecoveredEntries ENTRIES =
            new RecoveredEntries(List.of(new TimeRange(TIME, TIME.plusSeconds(1))), List.of(), Map.of("id", TIME));

    private final MemoryStateRepository repository = new MemoryStateRepository();

    @Test
    void positionsKeepTheirFormat() {
        String text = "{\"version\":1,\"deliveredUpTo\":{\"scope\":\"2026-02-18T10:00:00Z\"}}";
        repository.setState("key", text);

        Map<String, StreamPosition> positions = Map.of("scope", new StreamPosition(TIME, null));
        assertThat(positions().load()).isEqualTo(positions);

        positions().save(positions);
        assertThat(repository.getState("key")).isEqualTo(text);
    }

    /** The texts are those of the records that earlier versions made the keys of. */
    @Test
    void keysOfARouteWithoutAnIdKeepTheirText() {
        AuditLogFilter filter =
                new AuditLogFilter(List.of("a2", "a1"), List.of("PRINCIPAL_USER"), List.of("s"), List.of("T"));
        EventQuery query =
                new EventQuery(null, List.of(new ResourceTypeFilter("T", List.of("r"), List.of("c1", "c2")), ANY_TYPE));
        StreamScopes scopes = new StreamScopes(List.of(query), true, 64);

        assertThat(filter.sourceText())
                .isEqualTo("AuditLogFilter[actorIds=[a1, a2], actorPrincipals=[PRINCIPAL_USER], subjectIds=[s],"
                        + " subjectTypes=[T]]");
        assertThat(filter.withKinds(List.of("K")).sourceText()).endsWith(" subjectTypes=[T], kinds=[K]]");
        assertThat(query.sourceText())
                .isEqualTo("EventQuery[environmentId=null, filters=[ResourceTypeFilter[resourceType=T,"
                        + " resourceIds=[r], creatorIds=[c1, c2]], ResourceTypeFilter[resourceType=null,"
                        + " resourceIds=[], creatorIds=[]]]]");
        assertThat(scopes.sourceText())
                .isEqualTo("StreamScopes[queries=[" + query.sourceText() + "], everyEnvironment=true, maxStreams=64]");
        assertThat(key("auditLogs", filter.sourceText())).isEqualTo("auditLogs-73085dc5-c667-3ec6-90b9-378f15966553");
        assertThat(key("events", scopes.sourceText())).isEqualTo("events-eb66fb91-3b88-32cd-9ab0-1400a4c1a76e");
    }

    @Test
    void theScopeOfKnownResourcesKeepsItsHash() {
        EventQuery query = new EventQuery("e", List.of());

        assertThat(query.sourceText()).isEqualTo("EventQuery[environmentId=e, filters=[]]");
        assertThat(SourceHash.of(SERVER, query.sourceText())).isEqualTo("7580cba3-4749-3215-8c24-0b6a261775b6");
    }

    /** Beside the positions, where an earlier version does not look. */
    @Test
    void gapsThatAreOwedStandBesideThePositions() {
        String text =
                "{\"version\":1,\"deliveredUpTo\":{\"a\":\"2026-02-18T10:00:00Z\",\"b\":\"2026-02-18T10:00:00Z\"},"
                        + "\"owed\":{\"b\":{\"from\":\"2026-02-18T10:00:00Z\",\"to\":\"2026-02-18T10:00:01Z\","
                        + "\"reason\":\"reset\",\"attempts\":2}}}";
        Map<String, StreamPosition> positions = Map.of(
                "a",
                new StreamPosition(TIME, null),
                "b",
                new StreamPosition(TIME, new StreamGap(TIME, TIME.plusSeconds(1), "reset", 2)));
        positions().save(positions);

        assertThat(repository.getState("key")).isEqualTo(text);
        assertThat(positions().load()).isEqualTo(positions);
    }

    @Test
    void recoveredEntriesWithoutAVersionAreRead() {
        repository.setState(
                "key",
                "{\"unread\":[[\"2026-02-18T10:00:00Z\",\"2026-02-18T10:00:01Z\"]],"
                        + "\"delivered\":{\"id\":\"2026-02-18T10:00:00Z\"}}");

        assertThat(entries().load()).isEqualTo(ENTRIES);
    }

    /** Earlier versions stored keys of any length, and could not read the longest ones. */
    @Test
    void longKeysAreReadAsWhatTheyAreToday() {
        String key = "x".repeat(60_000);
        String times = "\"" + key + "\":\"2026-02-18T10:00:00Z\"}}";
        repository.setState("cursor", "{\"v\":1,\"L\":\"2026-02-18T10:00:00Z\",\"seen\":{" + times);
        repository.setState("key", "{\"v\":1,\"delivered\":{" + times);

        Map<String, Instant> today = Map.of(ShortKey.of(key), TIME);
        assertThat(new CursorStore(repository, "cursor", InstantSource.system())
                        .load()
                        .orElseThrow()
                        .delivered())
                .usingRecursiveComparison()
                .isEqualTo(DeliveredIds.of(today));
        assertThat(entries().load().delivered()).isEqualTo(today);
    }

    @Test
    void recoveredEntriesAreWrittenWithAVersion() {
        entries().save(ENTRIES);

        assertThat(repository.getState("key")).startsWith("{\"v\":1,");
        assertThat(entries().load()).isEqualTo(ENTRIES);
    }

    @Test
    void changedResourcesWithoutAVersionAreRead() {
        repository.setState(
                "key",
                "{\"v\":1,\"scope\":\"s\",\"generation\":3,\"listed\":[\"T\"],\"resources\":{\"T\":{\"a\":\"1\"}}}");
        repository.setState("key/changed", "{\"scope\":\"s\",\"generation\":3,\"resources\":{\"T\":[\"a\",\"b\"]}}");

        assertThat(resources().load("changed", "new"))
                .isEqualTo(new KnownState(Set.of("T"), Map.of("T", Map.of("a", "changed", "b", "new"))));
    }

    @Test
    void changedResourcesAreWrittenWithAVersion() {
        resources().saveChanged("T", List.of("a"));

        assertThat(repository.getState("key/changed")).startsWith("{\"v\":1,");
    }

    @Test
    void aLaterVersionIsRefusedInWords() {
        repository.setState(
                "key", "{\"v\":2,\"version\":2,\"scope\":\"s\",\"listed\":[\"T\"],\"delivered\":{\"id\":\"x\"}}");

        try (RecordedLogs logs = new RecordedLogs()) {
            assertThat(positions().load()).isEmpty();
            assertThat(entries().load()).isEqualTo(new RecoveredEntries(List.of(), List.of(), Map.of()));
            assertThat(resources().load("changed", "new")).isEqualTo(new KnownState(Set.of(), Map.of()));

            assertThat(logs.warnings()).hasSize(3).allSatisfy(warning -> assertThat(warning)
                    .contains("stored under key has the format version 2, this component knows 1"));
        }
    }

    @Test
    void aTextThatIsNoObjectIsRefusedInWords() {
        repository.setState("key", "[1]");

        try (RecordedLogs logs = new RecordedLogs()) {
            assertThat(positions().load()).isEmpty();

            assertThat(logs.warnings()).singleElement().asString().contains("stored under key is not a JSON object");
        }
    }

    private static String key(String resource, String source) {
        return resource + "-" + SourceHash.of(SERVER, source);
    }

    private PositionStore positions() {
        return new PositionStore(repository, "key");
    }

    private RecoveredEntriesStore entries() {
        return new RecoveredEntriesStore(repository, "key");
    }

    private KnownStateStore resources() {
        return new KnownStateStore(repository, "key", "s", InstantSource.system());
    }
}
