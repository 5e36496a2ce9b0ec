package io.github.camelgitpod.auditlog.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ParallelismTest {
    private final AtomicLong slowDowns = new AtomicLong(3);
    private final AtomicLong nanoTime = new AtomicLong();
    private final Parallelism parallelism = new Parallelism(8, slowDowns::get, nanoTime::get);

    @Test
    void isHalvedEachTimeAndNeverLessThanOne() {
        assertThat(parallelism.current()).isEqualTo(8);
        slowDown(4);
        slowDown(2);
        slowDown(1);
        slowDown(1);
    }

    @Test
    void recoversByOneEachMinute() {
        slowDown(4);
        after(Duration.ofSeconds(59), 4);
        after(Duration.ofSeconds(1), 5);
        after(Duration.ofSeconds(90), 6);
        after(Duration.ofSeconds(30), 7);
        slowDown(3);
        after(Duration.ofMinutes(2), 5);
        after(Duration.ofHours(1), 8);
    }

    private void slowDown(int expected) {
        slowDowns.incrementAndGet();
        assertThat(parallelism.current()).isEqualTo(expected);
        assertThat(parallelism.current()).isEqualTo(expected);
    }

    private void after(Duration time, int expected) {
        nanoTime.addAndGet(time.toNanos());
        assertThat(parallelism.current()).isEqualTo(expected);
    }
}
