package io.github.camelgitpod.examples.dashboard;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One browser's place in the feed. It is written to as fast as it takes what comes; one that is so slow that its place is
 * not kept any more is dropped, and begins anew when it comes back. All but {@link #wake} happens on its event loop.
 */
final class OpenPage {
    private static final int AT_ONCE = 32 * 1024;

    private final Feed feed;
    private final HttpServerResponse response;
    private final Context loop = Vertx.currentContext();
    private final AtomicBoolean woken = new AtomicBoolean();
    private long place;
    private Buffer status;

    OpenPage(Feed feed, HttpServerResponse response, long place) {
        this.feed = feed;
        this.response = response;
        this.place = place;
    }

    /** There may be something new; of any thread. */
    void wake() {
        if (!woken.getAndSet(true)) {
            loop.runOnContext(now -> {
                woken.set(false);
                write();
            });
        }
    }

    private void write() {
        while (!response.ended() && !response.closed()) {
            if (place < feed.oldest()) {
                // What was written already waits in the socket, and the connection ends behind it.
                feed.drop(this);
                response.reset();
                return;
            }
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> write());
                return;
            }
            Buffer news = news();
            if (news.length() == 0) {
                return;
            }
            response.write(news);
        }
    }

    private Buffer news() {
        Buffer news = Buffer.buffer();
        for (Buffer next = feed.message(place); next != null && news.length() < AT_ONCE; next = feed.message(place)) {
            news.appendBuffer(next);
            place++;
        }
        Buffer now = feed.status();
        if (now != status) {
            status = now;
            news.appendBuffer(now);
        }
        return news;
    }
}
