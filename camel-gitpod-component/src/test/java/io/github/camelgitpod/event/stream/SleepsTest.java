package io.github.camelgitpod.event.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SleepsTest {
    private final VirtualTime time = new VirtualTime(count -> 0);
    private final Sleeps sleeps = new Sleeps(time.clock());

    @Test
    void whereNobodyLooksNothingIsNoticed() {
        time.sleep(Duration.ofMinutes(1));

        assertThat(sleeps.readUpTo(time.now())).isEqualTo(time.now());
    }

    @Test
    void whatIsReceivedBetweenTwoLooksIsReadAtOnce() {
        look();
        time.sleep(Duration.ofMillis(1_100));
        assertThat(sleeps.readUpTo(time.now())).isEqualTo(time.now());

        look();
        assertThat(sleeps.readUpTo(time.now())).isEqualTo(time.now());
    }

    @Test
    void afterASleepNothingIsReadForAWhileThatWasNotReadBefore() {
        look();
        Instant before = time.now();
        time.sleep(Duration.ofMinutes(1));
        assertThat(sleeps.readUpTo(time.now())).as("before the first look").isEqualTo(before);

        for (int i = 0; i < 5; i++) {
            look();
            assertThat(sleeps.readUpTo(time.now())).isEqualTo(before);
            time.sleep(Duration.ofSeconds(1));
        }
        assertThat(sleeps.readUpTo(time.now())).isEqualTo(time.now());
    }

    @Test
    void aSleepSoonAfterAnotherIsAPartOfIt() {
        look();
        Instant before = time.now();
        time.sleep(Duration.ofMinutes(1));
        look();
        time.sleep(Duration.ofMinutes(1));
        look();
        time.sleep(Duration.ofSeconds(1));
        look();

        assertThat(sleeps.readUpTo(time.now())).isEqualTo(before);
    }

    private void look() {
        sleeps.look(time.now());
    }
}
