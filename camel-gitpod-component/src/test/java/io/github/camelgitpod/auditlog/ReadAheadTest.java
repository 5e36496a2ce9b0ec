package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.AuditLogEntry;
import io.github.camelgitpod.client.AuditLogFilter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What reading ahead brings, and what it costs, by a clock that runs as fast as the test does: a round trip takes 100 ms. */
class ReadAheadTest {
    private static final Logger LOG = LoggerFactory.getLogger(ReadAheadTest.class);
    private static final int ENTRIES = Integer.getInteger("gitpod.entries", 100_000);
    private static final Duration ROUND_TRIP = Duration.ofMillis(100);

    @Test
    void figures() throws IOException {
        for (boolean bursty : new boolean[] {false, true}) {
            for (int p : new int[] {1, 2, 4, 8, 16, 32}) {
                TimelineServer server = bursty ? TimelineServer.bursty(ENTRIES) : TimelineServer.uniform(ENTRIES);
                run(server, p);
            }
        }
    }

    private static void run(TimelineServer server, int concurrentRequests) throws IOException {
        SimulatedRequests<Window.Page> requests = new SimulatedRequests<>(ROUND_TRIP);
        ReadAhead readAhead = new ReadAhead(
                () -> requests,
                new Parallelism(concurrentRequests, () -> 0, () -> 0),
                concurrentRequests,
                100,
                ReadAhead.MAX_PAGES,
                ReadAhead.PAGES_PER_WINDOW,
                Integer.MAX_VALUE);
        Walk walk = readAhead.over(
                (from, to) -> new AuditLogWalk(server, AuditLogFilter.ALL, from, to, 100),
                1,
                Instant.EPOCH,
                TimelineServer.NOW);
        BitSet seen = new BitSet();
        int last = -1;
        int untimely = 0;
        for (List<AuditLogEntry> page = walk.next(); page != null; page = walk.next()) {
            for (AuditLogEntry e : page) {
                int number = TimelineServer.number(e);
                if (!seen.get(number) && number < last) {
                    untimely++;
                }
                seen.set(number);
                last = Math.max(last, number);
            }
        }
        LOG.info(
                "P={} entries={} seconds={} requests={} (+{} %) at once={} ",
                concurrentRequests,
                seen.cardinality(),
                requests.elapsed().toMillis() / 1000.0,
                server.requests(),
                100.0 * server.requests() / (server.size() / 100.0) - 100,
                requests.mostAtOnce());
        assertThat(untimely).isZero();
        assertThat(seen.cardinality()).isEqualTo(server.size());
    }
}
