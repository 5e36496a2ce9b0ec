package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A long log is read with a round trip that takes time, interrupted in the middle, taken up by another process, and
 * followed by what happens meanwhile: once, and in order.
 */
@Tag("T14")
@Tag("engine")
class BackfillTest {
    private static final int ENTRIES = 3_000;
    private static final Instant BEGIN = Instant.now().minus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();

    @BeforeEach
    void fill() {
        // Bursts, ties, and stretches of nothing.
        IntStream.range(0, ENTRIES)
                .forEach(i -> simulator.auditLog().add(Entry.at(BEGIN.plusSeconds(i / 300 * 7_000L + i % 300 / 2))));
        simulator.trouble().on("ListAuditLogs").delay(Duration.ofMillis(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void isInOrderAcrossAStopInTheMiddleAndIntoWhatIsNew(int concurrentRequests) throws Exception {
        String options = "from=beginning&pageSize=20&concurrentRequests=" + concurrentRequests + "&" + gitpod.state();
        List<String> first;
        try (AuditLogRoute route = gitpod.auditLogs(options).start()) {
            route.delivered(ENTRIES / 2);
            route.close();
            first = route.ids();
        }
        assertThat(first).hasSizeLessThan(ENTRIES);
        AuditLogRoute route = gitpod.auditLogs(options).start();
        route.delivered(ENTRIES / 4);
        IntStream.range(0, 100).forEach(i -> simulator.auditLog().add(Entry.at(simulator.now())));
        route.delivered(ENTRIES + 100 - first.size()).polled();

        assertThat(Stream.concat(first.stream(), route.ids().stream()))
                .containsExactlyElementsOf(simulator.auditLog().ids());
        assertThat(route.exchanges())
                .noneMatch(exchange -> exchange.getMessage().getHeaders().containsKey(GitpodConstants.LATE));
    }

    /** A server that will not have so many requests gets fewer; nothing is lost to its refusals, nor to errors. */
    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void survivesRefusalsAndErrors(int concurrentRequests) throws Exception {
        simulator
                .trouble()
                .on("ListAuditLogs")
                .when(number -> number % 30 == 0)
                .respond(429, "resource_exhausted", "slow down")
                .retryAfter("0");
        simulator.trouble().on("ListAuditLogs").when(number -> number % 47 == 0).respond(503, "unavailable", "busy");
        simulator.trouble().on("ListAuditLogs").when(number -> number % 61 == 0).reset();
        String options = "from=beginning&pageSize=20&maxRetries=0&concurrentRequests=" + concurrentRequests;
        AuditLogRoute route = gitpod.auditLogs(options).start();
        route.delivered(ENTRIES).polled();

        assertThat(route.ids()).containsExactlyElementsOf(simulator.auditLog().ids());
    }
}
