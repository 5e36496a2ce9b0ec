package io.github.camelgitpod.auditlog.query;

import io.github.camelgitpod.auditlog.reader.ServerTime;
import io.github.camelgitpod.auditlog.walk.EntryPages;
import io.github.camelgitpod.auditlog.walk.NewestFirst;
import io.github.camelgitpod.auditlog.walk.OldestFirst;
import io.github.camelgitpod.auditlog.walk.SpillDirectory;
import io.github.camelgitpod.auditlog.walk.Walks;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.ServerLimits;
import io.github.camelgitpod.client.TimeRange;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.AuditLogListing;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Lists entries on demand, on modern and on legacy servers. Between two listings it remembers only which of these the server is. Safe
 * for several threads.
 */
public final class AuditLogLister {
    private final GitpodClient client;
    private final InstantSource machine;
    private final SpillDirectory directory = SpillDirectory.in(null);
    private volatile Walks.Kind kind = Walks.Kind.MODERN;

    /** @param machine this machine's clock */
    public AuditLogLister(GitpodClient client, InstantSource machine) {
        this.client = client;
        this.machine = machine;
    }

    /**
     * A listing, of which the first page has been read.
     *
     * @param failures what is thrown in place of a failure
     * @throws IOException when that was refused, or failed
     */
    public AuditLogListing list(ListingRequest request, UnaryOperator<IOException> failures) throws IOException {
        TimeRange range = range(request);
        Supplier<Entries> sources = () -> new Entries(pages(request, range), request.limit(), failures);
        Entries begun = sources.get();
        begun.readFirstPage();
        return new AuditLogListing(begun, sources);
    }

    private TimeRange range(ListingRequest request) throws IOException {
        Instant from = request.from() == null
                ? EntryPages.EVERYTHING.from()
                : ServerTime.resolve(request.from(), client, machine.instant());
        Instant to = request.to() == null ? EntryPages.EVERYTHING.to() : request.to();
        return new TimeRange(from, to);
    }

    private EntryPages pages(ListingRequest request, TimeRange range) {
        return request.newestFirst()
                ? new NewestFirst(client, request.filter(), range, request.limit(), ServerLimits.PAGE_SIZE)
                : new OldestFirst(client, request.filter(), range, directory, kind);
    }

    /** One by one, up to the limit. */
    private final class Entries implements AuditLogListing.Source {
        private final EntryPages pages;
        private final int limit;
        private final UnaryOperator<IOException> failures;
        private List<AuditLogEntry> page = List.of();
        private int next;
        private int handedOut;

        Entries(EntryPages pages, int limit, UnaryOperator<IOException> failures) {
            this.pages = pages;
            this.limit = limit;
            this.failures = failures;
        }

        void readFirstPage() throws IOException {
            try {
                readPage();
            } catch (IOException | RuntimeException e) {
                pages.close();
                throw e;
            }
        }

        private void readPage() throws IOException {
            try {
                page = pages.next();
                next = 0;
            } catch (IOException e) {
                throw failures.apply(e);
            } finally {
                if (pages instanceof OldestFirst walk) {
                    kind = walk.kind();
                }
            }
        }

        @Override
        public AuditLogEntry next() throws IOException {
            if (limit > 0 && handedOut == limit) {
                return null;
            }
            while (page != null && next == page.size()) {
                readPage();
            }
            if (page == null) {
                return null;
            }
            handedOut++;
            return page.get(next++);
        }

        @Override
        public void close() {
            pages.close();
        }
    }
}
