package io.github.camelgitpod.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.state.CoverageState.Doubt;
import io.github.camelgitpod.state.CoverageState.Span;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorStoreTest {
    private static final Instant NOW = Instant.parse("2026-02-18T10:00:00Z");
    private static final Instant WATERMARK = Instant.parse("2026-02-18T09:00:00.000001Z");
    private static final CursorState STATE = new CursorState(
            WATERMARK,
            DeliveredIds.of(Map.of("one", WATERMARK, "two", WATERMARK.plusNanos(1))),
            new AuditLogFilter(List.of("a", "b"), List.of("c"), List.of("d"), List.of("e", "f"), List.of("g", "h")),
            "LEGACY",
            new Origin("https://gitpod.test", "o"),
            new CoverageState(
                    List.of(span("first", null), span("second", new Doubt(NOW, WATERMARK, "what they say"))), 7));

    private static Span span(String why, Doubt clocks) {
        return new Span(
                WATERMARK,
                NOW,
                NOW.plusNanos(1),
                why,
                1,
                2,
                3,
                4,
                5,
                clocks == null ? Map.of() : Map.of("id", "2026-02-18T09:00:00Z"),
                clocks != null,
                clocks);
    }

    private final MemoryStateRepository repository = new MemoryStateRepository();

    @Test
    void nothingIsThereAtFirst() {
        CursorStore store = store();

        assertThat(store.load()).isEmpty();
        assertThat(store.text()).isNull();
        assertThat(store.loadDeliveredLog()).isNull();
    }

    @Test
    void whatWasSavedIsLoadedByTheNextProcess() {
        store().save(STATE);

        assertSame(store().load(), STATE);
    }

    @Test
    void whatTheServerIsNeedNotBeKnown() {
        CursorState state =
                new CursorState(WATERMARK, DeliveredIds.of(Map.of()), AuditLogFilter.ALL, null, Origin.UNKNOWN, null);
        store().save(state);

        assertSame(store().load(), state);
    }

    @Test
    void textIsWhatWasLoadedOrSavedLast() {
        CursorStore store = store();
        store.save(STATE);
        assertThat(store.text())
                .isEqualTo(repository.getState("key"))
                .contains("\"savedAt\":\"2026-02-18T10:00:00Z\"", "\"owner\":\"", "\"filterHash\":\"");

        CursorStore next = store();
        next.load();
        assertThat(next.text()).isEqualTo(store.text());
    }

    @Test
    void generationCountsTheSavesOverProcesses() {
        CursorStore store = store();
        store.save(STATE);
        store.save(STATE);
        assertThat(store.text()).contains("\"generation\":2}");

        CursorStore next = store();
        next.load();
        next.save(STATE);
        assertThat(next.text()).contains("\"generation\":3}");
    }

    @Test
    void theLogOfDeliveredIdsStandsBesideTheCursor() {
        store().saveDeliveredLog("some text");

        assertThat(store().loadDeliveredLog()).isEqualTo("some text");
        assertThat(repository.getState("key/delivered")).isEqualTo("some text");
        assertThat(store().load()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"v\":3,\"L\":\"2026-02-18T09:00:00Z\"}",
                "{\"v\":0,\"L\":\"2026-02-18T09:00:00Z\"}",
                "{\"v\":1}",
                "{\"v\":1,\"L\":\"yesterday\"}",
                "{\"v\":1,\"L\":\"2026-02-18T09:00:00Z\",\"seen\":{\"one\":\"yesterday\"}}"
            })
    void whatCannotBeReadIsAnErrorAndNotBegunAnew(String text) {
        repository.setState("key", text);

        assertThatIllegalStateException()
                .isThrownBy(() -> store().load())
                .withMessageContaining("cursor stored under key");
    }

    private static void assertSame(Optional<CursorState> loaded, CursorState saved) {
        assertThat(loaded).get().usingRecursiveComparison().isEqualTo(saved);
    }

    private CursorStore store() {
        return new CursorStore(repository, "key", InstantSource.fixed(NOW));
    }
}
