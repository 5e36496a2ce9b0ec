package io.github.camelgitpod.simulator.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sends a whole answer: at once, or slowly, or only its beginning; compressed for those who accept it. */
final class ReplyWriter {

    // Below this, compression makes an answer longer rather than shorter.
    private static final int WORTH_COMPRESSING = 256;

    private final ScheduledExecutorService scheduler;
    private final boolean compression;

    ReplyWriter(ScheduledExecutorService scheduler, boolean compression) {
        this.scheduler = scheduler;
        this.compression = compression;
    }

    void write(Reply reply, Effects effects, Request request, Response response, Callback callback) {
        response.setStatus(reply.status());
        if (reply.contentType() != null) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
        }
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        byte[] body = reply.body();
        if (compression && body.length >= WORTH_COMPRESSING) {
            response.getHeaders().put(HttpHeader.VARY, "Accept-Encoding");
            if (request.getHeaders().contains(HttpHeader.ACCEPT_ENCODING, "gzip")) {
                response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
                body = gzip(body);
            }
        }
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        int cut = effects.truncateAfter() < 0 ? body.length : Math.min(effects.truncateAfter(), body.length);
        boolean whole = effects.truncateAfter() < 0;
        if (effects.bytesPerSecond() > 0) {
            writeSlowly(ByteBuffer.wrap(body, 0, cut), effects.bytesPerSecond(), whole, request, response, callback);
        } else if (whole) {
            response.write(true, ByteBuffer.wrap(body), callback);
        } else {
            response.write(false, ByteBuffer.wrap(body, 0, cut), thenCut(request, callback));
        }
    }

    private void writeSlowly(
            ByteBuffer rest, int perSecond, boolean whole, Request request, Response response, Callback callback) {
        // Ten pieces a second, or fewer where that would be less than a byte.
        int piece = Math.min(Math.max(perSecond / 10, 1), rest.remaining());
        long pauseMillis = 1000L * Math.max(piece, 1) / perSecond;
        ByteBuffer now = rest.slice(rest.position(), piece);
        rest.position(rest.position() + piece);
        boolean last = !rest.hasRemaining();
        Callback next = last
                ? (whole ? callback : thenCut(request, callback))
                : Callback.from(
                        () -> later(
                                () -> writeSlowly(rest, perSecond, whole, request, response, callback),
                                pauseMillis,
                                callback),
                        callback::failed);
        response.write(last && whole, now, next);
    }

    private void later(Runnable task, long millis, Callback callback) {
        try {
            scheduler.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            callback.failed(e);
        }
    }

    private static Callback thenCut(Request request, Callback callback) {
        return Callback.from(() -> Sockets.cut(request, callback), callback::failed);
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new FastGzip(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
