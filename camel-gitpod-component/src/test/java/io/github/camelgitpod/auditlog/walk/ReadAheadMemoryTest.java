package io.github.camelgitpod.auditlog.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.auditlog.reader.AuditLogReader;
import io.github.camelgitpod.auditlog.reader.AuditLogReaderSettings;
import io.github.camelgitpod.auditlog.reader.ReaderSettings;
import io.github.camelgitpod.client.TokenOrganization;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.state.CursorStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * T14, memory: 8 threads read a long log with bursts, in the heap of 64 MB that this test has. {@code -Dgitpod.entries} sets
 * how many entries.
 */
@Tag("small-memory")
class ReadAheadMemoryTest {
    private static final Logger LOG = LoggerFactory.getLogger(ReadAheadMemoryTest.class);
    private static final int ENTRIES = Integer.getInteger("gitpod.entries", 200_000);

    private int next;
    private long mostHeap;

    @Test
    void eightConcurrentRequestsFitIn64MB() throws IOException {
        TimelineServer server = TimelineServer.bursty(ENTRIES).inFull();
        AuditLogReaderSettings settings =
                new ReaderSettings().concurrentRequests(8).build();
        ExecutorService requests = Executors.newFixedThreadPool(8);
        try {
            AuditLogReader reader = new AuditLogReader(
                    server,
                    InstantSource.fixed(server.serverTime().orElseThrow()),
                    settings,
                    new CursorStore(new MemoryStateRepository(), "key", InstantSource.system()),
                    new TokenOrganization(),
                    requests);
            reader.poll((entries, receipts) -> {
                for (AuditLogEntry entry : entries) {
                    note(entry);
                    receipts.confirm(entry);
                }
                return true;
            });
        } finally {
            requests.shutdownNow();
        }

        LOG.info("{} entries, {} requests, at most {} MB of heap in use", next, server.requests(), mostHeap >> 20);
        assertThat(next).isEqualTo(ENTRIES);
        assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(64L * 1024 * 1024);
    }

    private void note(AuditLogEntry entry) {
        assertThat(TimelineServer.number(entry)).isEqualTo(next++);
        if (next % 1_000 == 0) {
            Runtime runtime = Runtime.getRuntime();
            mostHeap = Math.max(mostHeap, runtime.totalMemory() - runtime.freeMemory());
        }
    }
}
