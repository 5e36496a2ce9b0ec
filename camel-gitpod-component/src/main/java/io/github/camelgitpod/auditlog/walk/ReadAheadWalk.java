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
 * A walk that reads ahead of what it hands out. While a page is delivered, the next one is read. When much is left to read,
 * several windows of time are read at once.
 *
 * <p>The walk starts with one window, the whole range. A window that holds much more than a few pages is cut into parts, by
 * the density of the entries just read, and the parts are read at the same time. Pages are handed out in order all the same:
 * first those of the first window, then those of the next.
 *
 * <p>Only requests run in other threads. Everything else is done by the thread that calls.
 */
final class ReadAheadWalk implements Walk {
    /** After one full page much may be left, or nothing, if it was a burst: windows are cut only after the second. */
    private static final int PAGES_BEFORE_WINDOWS = 2;

    private final ReadAhead settings;
    private final CompletionService<Window.Page> fetches;
    private final List<Window> windows = new ArrayList<>();
    private final Set<Future<?>> underWay = new HashSet<>();
    private final int entriesPerWindow;
    /** How many windows one cut makes: as many as are read completely in the time of one request. */
    private final int windowsAtOnce;

    private Instant position;
    private boolean started;
    /** Pages that are being read, or were read and not handed out. */
    private int pages;
    /** Pages asked for since the start. */
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
        if (!started) {
            // In this thread: a consumer that is up to date reads this one page, and has nothing to do meanwhile.
            started = true;
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
     * Starts as many requests as there is room for. One request and one page are reserved for the first window that is not
     * complete. Otherwise the others could fill all room, and the one that must be handed out next could never be read.
     */
    private void readAhead() throws ClientClosedException {
        int parallelism =
                settings.concurrentRequests() > 1 ? settings.parallelism().current() : 1;
        Window first = null;
        for (Window window : windows) {
            if (window.failure() != null || requested >= settings.wantedPages()) {
                // The walk ends at the failure: what comes after it is read by the next walk.
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
        window.stepStarted();
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
        window.stepEnded(page);
        if (page.entries() == null) {
            pages--;
        }
        if (settings.concurrentRequests() > 1 && requested >= PAGES_BEFORE_WINDOWS) {
            windows.addAll(windows.indexOf(window) + 1, window.cut(page, entriesPerWindow, windowsAtOnce));
        }
    }
}
