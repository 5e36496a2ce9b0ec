package io.github.camelgitpod.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.camelgitpod.health.HealthReport;
import io.github.camelgitpod.health.HealthState;
import io.github.camelgitpod.testing.GitpodTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What no failure tells is told once, and once more when it is over. */
class HealthLogTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final HealthLog log = new HealthLog("It");

    @Test
    void eachTransitionIsToldOnce() {
        look(HealthState.STARTING, HealthState.CATCHING_UP, HealthState.CATCHING_UP, HealthState.CURRENT);
        assertThat(gitpod.logs().messages(Level.INFO)).isEmpty();

        look(HealthState.STALE, HealthState.STALE, HealthState.CURRENT, HealthState.THROTTLED, HealthState.CATCHING_UP);
        assertThat(gitpod.logs().warnings())
                .containsExactly("It stands still. Look after it", "It waits. Look after it");
        assertThat(gitpod.logs().messages(Level.INFO)).containsExactly("It goes on", "It goes on");
    }

    @Test
    void failuresAreToldByWhoMeetsThem() {
        look(HealthState.UNREACHABLE, HealthState.UNAUTHORIZED, HealthState.CURRENT, HealthState.FAILED);
        log.look(new HealthReport(HealthState.THROTTLED, "Look after it", null, null, null, "answered with 429"));
        look(HealthState.CURRENT);
        assertThat(gitpod.logs().events()).isEmpty();
    }

    private void look(HealthState... states) {
        for (HealthState state : states) {
            log.look(new HealthReport(state, "Look after it", null, null, null, null));
        }
    }
}
