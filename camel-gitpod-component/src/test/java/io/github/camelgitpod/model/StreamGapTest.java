package io.github.camelgitpod.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StreamGapTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void twoGapsWithoutAnEventBetweenThemAreOne() {
        StreamGap first = new StreamGap(T.plusSeconds(5), T.plusSeconds(9), "parse", 1);
        StreamGap later = new StreamGap(T, T.plusSeconds(7), "reset", 2);

        assertThat(first.and(later)).isEqualTo(new StreamGap(T, T.plusSeconds(9), "parse", 3));
        assertThat(later.and(first)).isEqualTo(new StreamGap(T, T.plusSeconds(9), "reset", 3));
        assertThat(first.and(null)).isSameAs(first);
    }

    @Test
    void aGapHasADirectionAndAllItsParts() {
        assertThatIllegalArgumentException().isThrownBy(() -> new StreamGap(T.plusNanos(1), T, "reset", 1));
        assertThatNullPointerException().isThrownBy(() -> new StreamGap(null, T, "reset", 1));
        assertThatNullPointerException().isThrownBy(() -> new StreamGap(T, null, "reset", 1));
        assertThatNullPointerException().isThrownBy(() -> new StreamGap(T, T, null, 1));
    }
}
