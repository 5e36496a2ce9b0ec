package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.auditlog.walk.SteadyServer;
import io.github.camelgitpod.client.TokenOrganization;
import io.github.camelgitpod.state.CursorStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the delivery costs at the default settings, by a simulated clock. */
class RequestCostTest {
    private static final Logger LOG = LoggerFactory.getLogger(RequestCostTest.class);
    private static final Duration DELAY = Duration.ofSeconds(30);
    private static final Duration LOOKBACK = Duration.ofMinutes(5);

    private final MemoryStateRepository repository = new MemoryStateRepository();

    @Test
    void atRestEachPollIsOneRequest() throws IOException {
        SteadyServer server = new SteadyServer(Duration.ofDays(10_000), 1);
        AuditLogReader reader = reader(server);
        poll(reader, server);

        assertThat(requestsInAnHour(reader, server)).isEqualTo(120);
    }

    /** A full read costs about 32 requests a minute here: 10 % more or less are allowed. */
    @Test
    void aThousandEntriesAMinuteCostThirtyTwoRequestsAMinute() throws IOException {
        SteadyServer server = new SteadyServer(Duration.ofMillis(60), 1);
        AuditLogReader reader = reader(server);
        for (int i = 0; i < 60; i++) {
            poll(reader, server);
        }

        double perMinute = requestsInAnHour(reader, server) / 60.0;

        LOG.info("requests per minute at 1,000 entries/min: {}", perMinute);
        assertThat(perMinute).isBetween(28.8, 35.2);
        assertThat(reader.status().delivered()).isEqualTo(server.listedOnce());
    }

    /** It holds the cursor back: each entry is read once more when it has come to it, 12 requests a minute. */
    @Test
    void aClockThatIsBehindForGoodCostsAThirdMore() throws IOException {
        SteadyServer server = new SteadyServer(Duration.ofMillis(60), 1);
        AuditLogReader reader = reader(server, () -> server.now.minus(Duration.ofMinutes(7)));
        for (int i = 0; i < 60; i++) {
            poll(reader, server);
        }

        double perMinute = requests(reader, server, Duration.ofMinutes(15)) / 15.0;

        LOG.info("requests per minute at 1,000 entries/min, a clock 7 minutes behind: {}", perMinute);
        assertThat(perMinute).isBetween(41.4, 50.6);
        assertThat(reader.status().delivered()).isEqualTo(server.listedOnce());
        // Those of 7 minutes, one and a half lookbacks, and one poll.
        assertThat(reader.status().rememberedIds()).isLessThan(15_000 + 500);
    }

    @Test
    void whatIsStoredAndRememberedDoesNotGrowOverTenThousandPolls() throws IOException {
        SteadyServer server = new SteadyServer(Duration.ofSeconds(3), 1);
        AuditLogReader reader = reader(server);
        int longest = 0;
        int most = 0;
        for (int i = 0; i < 10_000; i++) {
            poll(reader, server);
            longest = Math.max(longest, repository.getState("key").length());
            most = Math.max(most, reader.status().rememberedIds());
        }

        LOG.info(
                "after 10,000 polls: {} entries delivered, state at most {} characters, {} ids",
                reader.status().delivered(),
                longest,
                most);
        // Entries of one and a half lookbacks, and of one poll.
        assertThat(most).isLessThanOrEqualTo(20 * 8 + 2);
        assertThat(longest).isLessThan(most * 80 + 1_000);
        assertThat(reader.status().delivered()).isEqualTo(server.listedOnce());
    }

    private AuditLogReader reader(SteadyServer server) {
        return reader(server, () -> server.now);
    }

    private AuditLogReader reader(SteadyServer server, InstantSource machine) {
        AuditLogReaderSettings settings =
                new ReaderSettings().lookback(LOOKBACK).concurrentRequests(4).build();
        return new AuditLogReader(
                server,
                machine,
                settings,
                new CursorStore(repository, "key", InstantSource.system()),
                new TokenOrganization(),
                Runnable::run);
    }

    private static void poll(AuditLogReader reader, SteadyServer server) throws IOException {
        server.now = server.now.plus(DELAY);
        reader.poll((entries, receipts) -> {
            entries.forEach(receipts::confirm);
            return true;
        });
    }

    private static long requestsInAnHour(AuditLogReader reader, SteadyServer server) throws IOException {
        return requests(reader, server, Duration.ofHours(1));
    }

    private static long requests(AuditLogReader reader, SteadyServer server, Duration time) throws IOException {
        long before = server.requests;
        Instant end = server.now.plus(time);
        while (server.now.isBefore(end)) {
            poll(reader, server);
        }
        return server.requests - before;
    }
}
