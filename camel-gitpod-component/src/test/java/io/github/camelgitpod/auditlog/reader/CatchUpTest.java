package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is told after a catch-up, and that nothing is told of the polls after it. */
class CatchUpTest {
    private long nanos = Long.MAX_VALUE - 10;
    private final CatchUp catchUp = new CatchUp(() -> nanos);

    @Test
    void severalPollsAreOneCatchUp() {
        poll(100, false);
        pass(Duration.ofMinutes(3));
        catchUp.pollBegins();
        catchUp.delivered(7);
        // This one fails.
        pass(Duration.ofMillis(12_345));

        assertThat(poll(13, true)).isEqualTo("120 entries in 3m12s");
    }

    @Test
    void whatComesPollByPollIsNone() {
        assertThat(poll(1, true)).isEqualTo("1 entry in 0s");
        assertThat(poll(5, true)).isNull();
        assertThat(poll(5, false)).isNull();
        pass(Duration.ofMillis(1500));
        assertThat(poll(2, true)).isEqualTo("7 entries in 1s500ms");
    }

    @Test
    void nothingIsToldOfNothing() {
        assertThat(poll(0, true)).isNull();
        assertThat(poll(3, true)).isNull();

        catchUp.beginAnew();
        assertThat(poll(3, true)).isEqualTo("3 entries in 0s");
    }

    private String poll(int delivered, boolean all) {
        catchUp.pollBegins();
        catchUp.delivered(delivered);
        return catchUp.pollEnds(all).orElse(null);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
