package io.github.camelgitpod.examples.dashboard;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all open pages are sent, as server-sent events: each message once, with a number, and how things are now. The last
 * messages are kept here, once for all: a page only has a place among them, so one that is slow holds nothing up.
 */
final class Feed {
    /** Numbers of one run mean nothing in another. */
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

    private final Set<OpenPage> pages = ConcurrentHashMap.newKeySet();
    private final Buffer[] kept;
    private long next;
    private Buffer status = Buffer.buffer();

    /** @param size how many messages are kept */
    Feed(int size) {
        this.kept = new Buffer[size];
    }

    /**
     * Sends all pages a message. It never waits for one.
     *
     * @param json without line ends
     */
    void publish(String type, String json) {
        synchronized (this) {
            kept[(int) (next % kept.length)] =
                    Buffer.buffer("id: " + run + "-" + next + "\nevent: " + type + "\ndata: " + json + "\n\n");
            next++;
        }
        pages.forEach(OpenPage::wake);
    }

    /**
     * Says how things are now: only the newest counts.
     *
     * @param json without line ends
     */
    void status(String json) {
        synchronized (this) {
            status = Buffer.buffer("event: status\ndata: " + json + "\n\n");
        }
        pages.forEach(OpenPage::wake);
    }

    /** Answers a browser that opens the page, or comes back to it and says what it received last. */
    void open(RoutingContext call) {
        HttpServerResponse response = call.response();
        response.setChunked(true).putHeader("Content-Type", "text/event-stream");
        String last = call.request().getHeader("Last-Event-ID");
        long from = placeAfter(last == null ? call.request().getParam("last") : last);
        boolean again = from >= 0;
        OpenPage page = new OpenPage(this, response, again ? from : oldest());
        pages.add(page);
        response.endHandler(ended -> drop(page));
        response.closeHandler(closed -> drop(page));
        response.exceptionHandler(failure -> drop(page));
        response.write("retry: 1000\nevent: begin\ndata: {\"again\":" + again + "}\n\n");
        page.wake();
    }

    /** The message with that number; null: it is still to come. */
    synchronized Buffer message(long number) {
        return number < next ? kept[(int) (number % kept.length)] : null;
    }

    synchronized Buffer status() {
        return status;
    }

    /** The number of the oldest message that is kept. */
    synchronized long oldest() {
        return Math.max(0, next - kept.length);
    }

    /** Sends it nothing more. */
    void drop(OpenPage page) {
        pages.remove(page);
    }

    /** How many pages are open. */
    int pages() {
        return pages.size();
    }

    /** -1: it is of another run, or so old that what follows is not kept any more. */
    private synchronized long placeAfter(String id) {
        if (id == null || !id.matches(run + "-\\d{1,18}")) {
            return -1;
        }
        long place = Long.parseLong(id.substring(run.length() + 1)) + 1;
        return place >= oldest() && place <= next ? place : -1;
    }
}
