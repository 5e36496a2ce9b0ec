package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.ClientClosedException;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;

/**
 * A walk that reads ahead of what it hands out (delivery.md 9): the next page while one is delivered, and when much is left,
 * several windows of time at once. It begins as one window; one that turns out to hold much more than a few pages is cut,
 * by the density just seen, and the parts are read side by side. What is handed out is in order all the same: the pages of
 * the first window, then those of the next. Only requests run in other threads; all else is done by the one that calls.
 */
final class ReadAheadWalk implements Walk {
    /** One full page can be a burst, with nothing after it up to now: what it seems to be the begin of is not read at once. */
    private static final int PAGES_BEFORE_WINDOWS = 2;

    private final ReadAhead settings;
    private final CompletionService<Window.Page> fetches;
    private final List<Window> windows = new ArrayList<>();
    private final Set<Future<?>> underWay = new HashSet<>();
    private final int entriesPerWindow;
    /** As many as are read to their ends in the time of one request. */
    private final int windowsAtOnce;

    private Instant position;
    private boolean begun;
    /** Pages that were read and not handed out, and those that are being read. */
    private int pages;
    /** All that were begun to be read. */
    private int requested;

    /** @param walks makes the walk through a window */
    ReadAheadWalk(ReadAhead settings, BiFunction<Instant, Instant, Walk> walks, Instant from, Instant to) {
        this.windowsAtOnce = (settings.concurrentRequests() - 1) / settings.pagesPerWindow() + 1;
        this.entriesPerWindow = settings.pagesPerWindow() * settings.pageSize();
        this.settings = settings;
        this.fetches = settings.fetches().get();
        this.windows.add(new Window(walks, from, to));
        this.position = from;
    }

    @Override
    public Instant position() {
        return position;
    }

    @Override
    public boolean isComplete() {
        return windows.stream().allMatch(window -> window.isComplete() && window.buffered() == 0);
    }

    @Override
    public List<AuditLogEntry> next() throws IOException {
        collect();
        while (!windows.isEmpty()) {
            Window head = windows.get(0);
            Window.Page page = head.poll();
            if (page != null) {
                pages--;
                position = page.position();
                leaveIfDone(head);
                readAhead();
                return page.entries();
            }
            if (head.failure() != null) {
                throw head.failure();
            }
            if (!leaveIfDone(head)) {
                await(head);
            }
        }
        return null;
    }

    @Override
    public void close() {
        underWay.forEach(fetch -> fetch.cancel(true));
        windows.clear();
    }

    private boolean leaveIfDone(Window head) {
        boolean done = head.isComplete() && head.buffered() == 0;
        if (done) {
            position = head.end();
            windows.remove(0);
        }
        return done;
    }

    private void await(Window head) throws IOException {
        if (!begun) {
            // In this thread: at rest there is one page, and nothing to do meanwhile.
            begun = true;
            pages++;
            requested++;
            take(head.fetch());
            return;
        }
        if (head.isIdle()) {
            start(head);
        }
        readAhead();
        try {
            take(fetches.take());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientClosedException();
        }
    }

    /**
     * The first window that is not complete has a request and a page to itself, so that who waits for it never waits for
     * room that only handing out would make.
     */
    private void readAhead() throws ClientClosedException {
        int parallelism =
                settings.concurrentRequests() > 1 ? settings.parallelism().current() : 1;
        Window first = null;
        for (Window window : windows) {
            if (window.failure() != null || requested >= settings.wantedPages()) {
                // What is behind a failure is read again by the next walk.
                return;
            }
            if (first == null && !window.isComplete()) {
                first = window;
            }
            if (window.isIdle() && (window == first ? hasRoomForFirst(first) : hasRoomBehind(first, parallelism))) {
                start(window);
            }
        }
    }

    private boolean hasRoomForFirst(Window first) {
        return first.buffered() == 0
                ? pages < settings.maxPages()
                : settings.concurrentRequests() > 1 && pages < settings.maxPages() - 1;
    }

    private boolean hasRoomBehind(Window first, int parallelism) {
        int behind = underWay.size() - (first.isBusy() ? 1 : 0);
        return behind < parallelism - 1 && pages < settings.maxPages() - 1;
    }

    private void start(Window window) throws ClientClosedException {
        try {
            underWay.add(fetches.submit(window::fetch));
        } catch (RejectedExecutionException e) {
            throw new ClientClosedException();
        }
        window.begin();
        pages++;
        requested++;
    }

    private void collect() throws IOException {
        for (Future<Window.Page> done = fetches.poll(); done != null; done = fetches.poll()) {
            take(done);
        }
    }

    private void take(Future<Window.Page> done) throws IOException {
        underWay.remove(done);
        try {
            take(done.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientClosedException();
        }
    }

    private void take(Window.Page page) {
        Window window = page.window();
        window.end(page);
        if (page.entries() == null) {
            pages--;
        }
        if (settings.concurrentRequests() > 1 && requested >= PAGES_BEFORE_WINDOWS) {
            windows.addAll(windows.indexOf(window) + 1, window.cut(page, entriesPerWindow, windowsAtOnce));
        }
    }
}
