package io.github.camelgitpod.event.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamFiguresTest {

    /** JMX shows them as a text, which must not change from one look, or one start, to the next. */
    @Test
    void gapsAreInTheOrderOfTheirReasons() {
        List<String> reasons = List.of(
                "http-429",
                "http-500",
                "http-502",
                "http-503",
                "idle",
                "reset",
                "restart",
                "stall",
                "suspended",
                "unknown");
        Map<String, Long> counted = new LinkedHashMap<>();
        for (int i = reasons.size() - 1; i >= 0; i--) {
            counted.put(reasons.get(i), 1L);
        }
        StreamFigures figures = new StreamFigures(0, 0, counted, 0, 0);

        assertThat(figures.gapsByReason().keySet()).containsExactlyElementsOf(reasons);
        assertThat(figures.plus(figures).gapsByReason().keySet()).containsExactlyElementsOf(reasons);
        assertThat(figures.plus(figures).gaps()).isEqualTo(20);
    }
}
