package io.github.camelgitpod.event.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.Durations;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SleepsTest {
    private final VirtualTime time = new VirtualTime(count -> 0);
    private final Sleeps sleeps = new Sleeps(time.clock(), time.now(), time.now());

    @Test
    void aSleepBeforeTheFirstLookIsNoticedToo() {
        Instant before = time.now();
        sleep(60_000);

        assertThat(readNow()).isEqualTo(before);
    }

    @Test
    void whatIsReceivedBetweenTwoLooksIsReadAtOnce() {
        look();
        sleep(1_100);
        assertThat(readNow()).isEqualTo(time.now());

        look();
        assertThat(readNow()).isEqualTo(time.now());
    }

    @Test
    void afterASleepNothingIsReadForAWhileThatWasNotReadBefore() {
        look();
        Instant before = time.now();
        sleep(60_000);
        assertThat(readNow()).as("before the first look").isEqualTo(before);

        lookForSeconds(5);
        assertThat(readNow()).as("at the last of these looks").isEqualTo(before);
        sleep(1);
        assertThat(readNow()).isEqualTo(time.now());
        look();
        assertThat(readNow()).isEqualTo(time.now());
    }

    /** Its connection may be dead since then, and only the socket still had something. */
    @Test
    void whatWasReadRightAfterASleepNeverCounts() {
        look();
        Instant before = time.now();
        sleep(60_000);
        Instant woken = time.now();
        for (int i = 0; i < 60; i++) {
            sleeps.look(woken);
            assertThat(sleeps.readUpTo(woken)).isEqualTo(before);
            sleep(1_000);
        }
    }

    /** All that was read on before the second sleep was read; what came after it says that the peer lived. */
    @Test
    void theFirstByteAfterTwoSleepsProvesWhatTheLookBetweenThemFound() {
        look();
        Instant before = time.now();
        sleep(60_000);
        Instant woken = time.now();
        for (int i = 0; i < 10; i++) {
            sleeps.look(woken);
            sleep(1_000);
        }
        Instant lastLook = time.now().minusSeconds(1);
        sleep(60_000);
        sleeps.look(woken);
        assertThat(sleeps.readUpTo(woken)).isEqualTo(before);

        sleep(1);
        look();
        assertThat(readNow()).isEqualTo(lastLook);
    }

    @Test
    void aSleepSoonAfterAnotherIsAPartOfIt() {
        look();
        Instant before = time.now();
        sleep(60_000);
        look();
        sleep(60_000);
        look();
        sleep(1_000);
        look();

        assertThat(readNow()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0} looks in time between late ones")
    @ValueSource(ints = {0, 1, 2, 4, 10})
    void whereLooksAreLateAgainAndAgainItGoesOn(int inTime) {
        Duration furthest = Duration.ZERO;
        for (int i = 0; i < 300; i++) {
            Instant read = readNow();
            assertThat(read).isBeforeOrEqualTo(time.now());
            furthest = Durations.longer(furthest, Duration.between(read, time.now()));
            look();
            sleep(i % (inTime + 1) == inTime ? 2_500 : 1_000);
        }
        assertThat(furthest).isLessThan(Duration.ofMinutes(2));
    }

    private Instant readNow() {
        return sleeps.readUpTo(time.now());
    }

    private void lookForSeconds(int seconds) {
        look();
        for (int i = 0; i < seconds; i++) {
            sleep(1_000);
            look();
        }
    }

    private void sleep(long millis) {
        time.sleep(Duration.ofMillis(millis));
    }

    private void look() {
        sleeps.look(time.now());
    }
}
