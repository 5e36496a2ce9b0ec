package io.github.camelgitpod.auditlog.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * T14, times and costs: reads a year's log by a simulated clock, with a round trip of 100 ms. {@code -Dgitpod.entries} sets how
 * many entries.
 */
public class ReadAheadTest {
    private static final Logger LOG = LoggerFactory.getLogger(ReadAheadTest.class);
    private static final int ENTRIES = Integer.getInteger("gitpod.entries", 300_000);
    private static final Duration ROUND_TRIP = Duration.ofMillis(100);
    private static final int PAGE_SIZE = 100;

    @Test
    void oneRequestAfterTheOtherIsOneForEachPage() throws IOException {
        Reading reading = read(TimelineServer.uniform(ENTRIES), 1);

        assertThat(reading.requestsPerPage()).isLessThan(1.05);
        assertThat(reading.seconds()).isCloseTo(reading.requests * 0.1, within(0.11));
        assertThat(reading.mostAtOnce).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void evenlySpreadEntriesComeAlmostThatManyTimesAsFast(int concurrentRequests) throws IOException {
        Reading reading = read(TimelineServer.uniform(ENTRIES), concurrentRequests);

        assertThat(reading.timesAsFast()).isGreaterThan(concurrentRequests * 7 / 8.0);
        assertThat(reading.requestsPerPage()).isLessThan(1.15);
        assertThat(reading.mostAtOnce).isEqualTo(concurrentRequests);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void burstsHoldItUpALittle(int concurrentRequests) throws IOException {
        Reading reading = read(TimelineServer.bursty(ENTRIES), concurrentRequests);

        assertThat(reading.timesAsFast()).isGreaterThan(concurrentRequests * 3 / 4.0);
        assertThat(reading.requestsPerPage()).isLessThan(1.15);
    }

    @Test
    void shortBurstsCostNoMore() throws IOException {
        // Of 1.4 pages each.
        Reading reading = read(TimelineServer.bursty(40_000), 8);

        assertThat(reading.timesAsFast()).isGreaterThan(4);
        assertThat(reading.requestsPerPage()).isLessThan(1.15);
    }

    /** A server that has asked for fewer requests gets half as many at once, and one more each minute from then on. */
    @Test
    void afterATooManyRequestsItIsHalfAsFastForAWhile() throws IOException {
        TimelineServer server = TimelineServer.uniform(300_000);
        SimulatedRequests<Window.Page> requests = new SimulatedRequests<>(ROUND_TRIP);
        Parallelism parallelism = new Parallelism(8, () -> server.requests() > 500 ? 1 : 0, () -> requests.elapsed()
                .toNanos());
        Reading reading = read(server, readAhead(requests, parallelism, 8), requests);

        // Most of it goes by before the first minute is over.
        assertThat(reading.timesAsFast()).isBetween(3.5, 4.8);
    }

    private static Reading read(TimelineServer server, int concurrentRequests) throws IOException {
        SimulatedRequests<Window.Page> requests = new SimulatedRequests<>(ROUND_TRIP);
        Parallelism parallelism = new Parallelism(concurrentRequests, () -> 0, () -> 0);
        return read(server, readAhead(requests, parallelism, concurrentRequests), requests);
    }

    private static ReadAhead readAhead(
            SimulatedRequests<Window.Page> requests, Parallelism parallelism, int concurrentRequests) {
        return new ReadAhead(
                () -> requests,
                parallelism,
                concurrentRequests,
                PAGE_SIZE,
                ReadAhead.MAX_PAGES,
                ReadAhead.PAGES_PER_WINDOW,
                Integer.MAX_VALUE);
    }

    private static Reading read(TimelineServer server, ReadAhead readAhead, SimulatedRequests<Window.Page> requests)
            throws IOException {
        Walk walk = readAhead.over(
                (from, to) -> new AuditLogWalk(server, AuditLogFilter.ALL, from, to, PAGE_SIZE),
                1,
                Instant.EPOCH,
                TimelineServer.NOW);
        int next = 0;
        int pages = 0;
        long mostHeld = 0;
        for (List<AuditLogEntry> page = walk.next(); page != null; page = walk.next()) {
            pages++;
            mostHeld = Math.max(mostHeld, server.requests() - pages);
            for (AuditLogEntry entry : page) {
                int number = TimelineServer.number(entry);
                assertThat(number).as("in order, none left out").isLessThanOrEqualTo(next);
                next = Math.max(next, number + 1);
            }
        }
        assertThat(next).isEqualTo(server.size());
        assertThat(mostHeld).isLessThanOrEqualTo(ReadAhead.MAX_PAGES);
        // The very first request is made by the reading thread, outside of the simulated clock.
        double seconds = requests.elapsed().plus(ROUND_TRIP).toMillis() / 1000.0;
        Reading reading = new Reading(server.size(), seconds, server.requests(), requests.mostAtOnce(), mostHeld);
        LOG.info("{} concurrent: {}, {} times as fast", readAhead.concurrentRequests(), reading, reading.timesAsFast());
        return reading;
    }

    private record Reading(int entries, double seconds, long requests, int mostAtOnce, long mostHeld) {
        double timesAsFast() {
            return entries * 1.01 / PAGE_SIZE * 0.1 / seconds;
        }

        double requestsPerPage() {
            return (double) requests * PAGE_SIZE / entries;
        }
    }
}
