package io.github.camelgitpod.auditlog.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.auditlog.reader.AuditLogReader;
import io.github.camelgitpod.auditlog.reader.AuditLogReaderSettings;
import io.github.camelgitpod.auditlog.reader.ReaderSettings;
import io.github.camelgitpod.client.TokenOrganization;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.state.CursorStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.BitSet;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A million entries, ten thousand at each instant, in the heap of 128 MB that this module's tests have. */
@Tag("memory")
class ManyTiesTest {
    private static final Logger LOG = LoggerFactory.getLogger(ManyTiesTest.class);
    private static final int ENTRIES = 1_000_000;
    private static final int TIES = 10_000;

    private final BitSet delivered = new BitSet(ENTRIES);
    private int repeated;
    private int untimely;
    private long mostHeap;

    @Test
    void aMillionEntriesWithTenThousandAtEachInstantComeOnceAndInOrder() throws IOException {
        SteadyServer server = new SteadyServer(Duration.ofSeconds(1), TIES);
        server.now = SteadyServer.FIRST.plusSeconds(ENTRIES / TIES);
        AuditLogReaderSettings settings = new ReaderSettings()
                .lookback(Duration.ofSeconds(10))
                .commitEvery(10_000)
                .build();
        AuditLogReader reader = new AuditLogReader(
                server,
                () -> server.now,
                settings,
                new CursorStore(new MemoryStateRepository(), "key", InstantSource.system()),
                new TokenOrganization(),
                Runnable::run);

        reader.poll((entries, receipts) -> {
            for (AuditLogEntry entry : entries) {
                note(entry, receipts.isLate(entry));
                receipts.confirm(entry);
            }
            return true;
        });

        LOG.info("{} requests, at most {} MB of heap in use", server.requests, mostHeap >> 20);
        assertThat(delivered.cardinality()).isEqualTo(ENTRIES);
        assertThat(repeated).isZero();
        assertThat(untimely).isZero();
        assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(128L * 1024 * 1024);
    }

    private void note(AuditLogEntry entry, boolean late) {
        int number = SteadyServer.number(entry);
        if (delivered.get(number)) {
            repeated++;
        }
        if (late) {
            untimely++;
        }
        delivered.set(number);
        if (number % TIES == 0) {
            Runtime runtime = Runtime.getRuntime();
            mostHeap = Math.max(mostHeap, runtime.totalMemory() - runtime.freeMemory());
        }
    }
}
