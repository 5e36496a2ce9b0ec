package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.auditlog.walk.ReadAhead;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.ServerLimits;
import io.github.camelgitpod.client.TokenOrganization;
import io.github.camelgitpod.model.FilterChangePolicy;
import io.github.camelgitpod.state.CursorStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.camel.spi.StateRepository;

/** Builds the settings of a reader; a test says only what matters to it. */
public final class ReaderSettings {
    private String address = "https://gitpod.test/api";
    private AuditLogFilter filter = AuditLogFilter.ALL;
    private StartPosition start = StartPosition.BEGINNING;
    private Instant to;
    private Duration lookback = Duration.ofMinutes(5);
    private int commitEvery = 100;
    private int pageSize = ServerLimits.PAGE_SIZE;
    private FilterChangePolicy onFilterChange = FilterChangePolicy.fail;
    private Duration sweepInterval;
    private Duration sweepRange = Duration.ofDays(1);
    private int concurrentRequests = 1;
    private int maxEntries;
    private boolean shared;

    ReaderSettings address(String url) {
        address = url;
        return this;
    }

    ReaderSettings filter(AuditLogFilter wanted) {
        filter = wanted;
        return this;
    }

    ReaderSettings start(StartPosition position) {
        start = position;
        return this;
    }

    /** @param end null: never */
    ReaderSettings to(Instant end) {
        to = end;
        return this;
    }

    public ReaderSettings lookback(Duration duration) {
        lookback = duration;
        return this;
    }

    public ReaderSettings commitEvery(int entries) {
        commitEvery = entries;
        return this;
    }

    ReaderSettings pageSize(int entries) {
        pageSize = entries;
        return this;
    }

    ReaderSettings onFilterChange(FilterChangePolicy policy) {
        onFilterChange = policy;
        return this;
    }

    /** @param interval null: never */
    ReaderSettings sweeps(Duration interval, Duration range) {
        sweepInterval = interval;
        sweepRange = range;
        return this;
    }

    public ReaderSettings concurrentRequests(int requests) {
        concurrentRequests = requests;
        return this;
    }

    ReaderSettings maxEntries(int entries) {
        maxEntries = entries;
        return this;
    }

    /** Other machines may go on with the cursor. */
    ReaderSettings shared() {
        shared = true;
        return this;
    }

    /** A reader with these settings, and its cursor in this repository, under {@code key}. */
    AuditLogReader reader(GitpodClient server, InstantSource machine, StateRepository<String, String> repository) {
        return new AuditLogReader(
                server,
                machine,
                build(),
                new CursorStore(repository, "key", InstantSource.system()),
                new TokenOrganization(),
                ReadAhead.NONE,
                System::nanoTime);
    }

    public AuditLogReaderSettings build() {
        return new AuditLogReaderSettings(
                address,
                filter,
                start,
                to,
                lookback,
                commitEvery,
                pageSize,
                onFilterChange,
                sweepInterval,
                sweepRange,
                concurrentRequests,
                maxEntries,
                shared,
                null);
    }
}
