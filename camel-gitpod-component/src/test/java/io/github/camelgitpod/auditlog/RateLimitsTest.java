package io.github.camelgitpod.auditlog;

import static io.github.camelgitpod.testing.GitpodTest.HOUR_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.RecordedRequest;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that wants fewer requests gets fewer, and everything is delivered in the end. */
@Tag("engine")
@Tag("T11")
class RateLimitsTest {
    private static final int ENTRIES = 60;

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final List<String> ids = gitpod.entries(ENTRIES);

    @Test
    void inAStormOf429NoRequestIsSentBeforeItsTimeAndNothingIsLost() throws Exception {
        simulator
                .trouble()
                .on("ListAuditLogs")
                .when(number -> number % 5 != 0)
                .respond(429, "resource_exhausted", "slow down")
                .retryAfter("1");
        try (AuditLogRoute route = route("pageSize=40").start()) {
            await().until(() -> route.health().getError().isPresent());
            assertThat(route.health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(route.health().getDetails()).containsEntry("gitpod.state", "THROTTLED");

            route.delivered(1);
            simulator.trouble().clear();
            route.delivered(ENTRIES).polled();
            assertThat(route.ids()).containsExactlyElementsOf(ids);
            assertThat(route.health().getState()).isEqualTo(HealthCheck.State.UP);
        }
        assertThat(requestsAfterA429()).hasSizeGreaterThan(4).allSatisfy(wait -> assertThat(wait)
                .isGreaterThanOrEqualTo(Duration.ofMillis(950)));
    }

    @Test
    void aDateIsObeyedAsWell() throws Exception {
        Instant allowed = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3);
        simulator
                .trouble()
                .on("ListAuditLogs")
                .times(1)
                .respond(429, "resource_exhausted", "slow down")
                .retryAfter(DateTimeFormatter.RFC_1123_DATE_TIME.format(allowed.atOffset(ZoneOffset.UTC)));
        try (AuditLogRoute route = route("").start()) {
            route.delivered(ENTRIES);
            assertThat(route.ids()).containsExactlyElementsOf(ids);
        }
        // Both dates are cut to seconds.
        assertThat(simulator.requests().of("ListAuditLogs").get(1).time()).isAfter(allowed.minusSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Thu, 01 Jan 2026 00:00:00 GMT", "-1", "NaN", "soon", "0", ""})
    void aBrokenRetryAfterIsAsNone(String value) throws Exception {
        simulator
                .trouble()
                .on("ListAuditLogs")
                .when(number -> number % 4 != 0)
                .respond(429, "resource_exhausted", "slow down")
                .retryAfter(value);
        AuditLogRoute route = route("maxRetries=0&pageSize=40").start();
        route.delivered(ENTRIES);
        simulator.trouble().clear();
        route.polled();
        assertThat(route.ids()).containsExactlyElementsOf(ids);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "1000000000", "99999999999999999999"})
    void aLongOneEndsThePollAndIsNotSleptInIt(String value) throws Exception {
        simulator
                .trouble()
                .on("ListAuditLogs")
                .after(2)
                .times(1)
                .respond(429, "resource_exhausted", "slow down")
                .retryAfter(value);
        String options = "pageSize=40&maxRetryAfter=1s&" + gitpod.state();
        List<String> first;
        try (AuditLogRoute route = route(options).start()) {
            await().until(() -> route.health().getError().isPresent());
            // Poll after poll ends at the gate: none of them waits, and none of them sends.
            IntStream.range(0, 5).forEach(i -> route.polled());
            assertThat(simulator.requests().count("ListAuditLogs")).isEqualTo(3);
            assertThat(route.health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(route.health().getDetails())
                    .containsEntry("gitpod.state", "THROTTLED")
                    .containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 429);
            assertThat(route.consumer().getWatermark())
                    .isLessThanOrEqualTo(HOUR_AGO.plusSeconds(39).toString());
            first = route.ids();
        }
        AuditLogRoute route = route(options).start();
        route.delivered(ENTRIES - first.size()).polled();
        assertThat(first).hasSize(40);
        assertThat(route.ids()).containsExactlyElementsOf(ids.subList(40, ENTRIES));
    }

    private List<Duration> requestsAfterA429() {
        List<RecordedRequest> requests = simulator.requests().of("ListAuditLogs");
        return IntStream.range(1, requests.size())
                .filter(i -> requests.get(i - 1).status() == 429)
                .mapToObj(i -> Duration.between(
                        requests.get(i - 1).time(), requests.get(i).time()))
                .toList();
    }

    private AuditLogRoute route(String options) {
        return gitpod.auditLogs("from=beginning" + (options.isEmpty() ? "" : "&" + options));
    }
}
