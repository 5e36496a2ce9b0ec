package io.github.camelgitpod.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ServerClockTest {
    private static final String TEN = "Wed, 18 Feb 2026 10:00:00 GMT";
    private static final Instant AT_TEN_AT_THE_EARLIEST = Instant.parse("2026-02-18T09:59:59Z");

    private final AtomicLong nanoTime = new AtomicLong();
    private final ServerClock clock = new ServerClock(nanoTime::get);

    @Test
    void itGoesOnFromTheLastDate() {
        clock.observe(TEN);
        passed(Duration.ofSeconds(5));

        assertThat(clock.now()).contains(AT_TEN_AT_THE_EARLIEST.plusSeconds(5));
    }

    @Test
    void theSameDateAgainSaysThatNoTimeHasPassedThere() {
        clock.observe(TEN);
        passed(Duration.ofSeconds(5));
        clock.observe(TEN);

        assertThat(clock.now()).contains(AT_TEN_AT_THE_EARLIEST);
    }

    @Test
    void anotherDateIsAnotherTime() {
        clock.observe(TEN);
        clock.observe("Wed, 18 Feb 2026 11:30:00 GMT");

        assertThat(clock.now()).contains(Instant.parse("2026-02-18T11:29:59Z"));
    }

    @Test
    void noDateAndABrokenOneTellNothing() {
        clock.observe(null);
        clock.observe("yesterday");
        assertThat(clock.now()).isEmpty();

        clock.observe(TEN);
        clock.observe(null);
        clock.observe("yesterday");
        assertThat(clock.now()).contains(AT_TEN_AT_THE_EARLIEST);
    }

    private void passed(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }
}
