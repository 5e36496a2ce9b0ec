package io.github.camelgitpod.simulator.stream;

import io.github.camelgitpod.simulator.http.Caller;
import io.github.camelgitpod.simulator.http.LineStyle;
import io.github.camelgitpod.simulator.http.Sockets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * An open stream: takes events without blocking and writes those that are queued together, in their order. An end that
 * is asked for comes after everything that was queued before it.
 */
public final class StreamConnection extends IteratingCallback {

    /** Hears what becomes of the stream. */
    public interface Listener {
        /**
         * Lines were written in full.
         *
         * @param stream the stream
         * @param lines without their ends
         */
        void written(StreamConnection stream, List<byte[]> lines);

        /**
         * The stream has ended, for whatever reason; called once.
         *
         * @param stream the stream
         */
        void closed(StreamConnection stream);
    }

    private enum Kind {
        LINE,
        RAW,
        END,
        CUT
    }

    private record Item(Kind kind, byte[] bytes) {}

    private static final int BATCH_BYTES = 64 * 1024;
    // A peer that lets this much pile up is as good as gone.
    private static final long MAX_QUEUED_BYTES = 256L * 1024 * 1024;
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final long number;
    private final WatchRequest scope;
    private final Caller caller;
    private final LineStyle style;
    private final byte[] separator;
    private final Request request;
    private final Response response;
    private final Callback exchange;
    private final Listener listener;
    private final Executor executor;
    private final Queue<Item> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ByteBuffer buffer = ByteBuffer.allocate(BATCH_BYTES);
    private List<byte[]> underWay = new ArrayList<>();
    private boolean opened;
    private boolean ended;
    private boolean lineBefore;

    /**
     * A stream on a response that is not committed yet.
     *
     * @param number its number, from 1
     * @param scope which events it carries
     * @param caller who opened it
     * @param style how it writes lines
     * @param request the request
     * @param response the response
     * @param exchange completed when the stream ends
     * @param listener hears of it
     */
    public StreamConnection(
            long number,
            WatchRequest scope,
            Caller caller,
            LineStyle style,
            Request request,
            Response response,
            Callback exchange,
            Listener listener) {
        this.number = number;
        this.scope = scope;
        this.caller = caller;
        this.style = style;
        this.separator = style.separator().getBytes(StandardCharsets.UTF_8);
        this.request = request;
        this.response = response;
        this.exchange = exchange;
        this.listener = listener;
        this.executor = request.getComponents().getExecutor();
    }

    /**
     * Begins.
     *
     * @param lateHeaders whether the headers wait for what is queued first; otherwise they are sent at once
     */
    public void open(boolean lateHeaders) {
        Sockets.onGone(request, () -> {
            if (leave()) {
                exchange.failed(new IllegalStateException("the client left"));
            }
        });
        if (!lateHeaders) {
            iterate();
        }
    }

    /**
     * Its number.
     *
     * @return from 1
     */
    public long number() {
        return number;
    }

    /**
     * Whether the stream carries an event.
     *
     * @param event any event
     * @return in the organization's scope false also for environments that the caller cannot see, of which one without a
     *     known creator is one; whether an environment's scope can be read is decided before it is opened
     */
    public boolean admits(Event event) {
        boolean hidden = !caller.seesAll()
                && scope.environmentId() == null
                && Event.ENVIRONMENT.equals(event.resourceType())
                && !caller.id().equals(event.creatorId());
        return !hidden && scope.admits(event);
    }

    /**
     * Queues an event.
     *
     * @param line its line without an end
     */
    public void line(byte[] line) {
        offer(new Item(Kind.LINE, line));
    }

    /**
     * Queues bytes to be written as they are, by a write of their own.
     *
     * @param bytes anything
     */
    public void raw(byte[] bytes) {
        offer(new Item(Kind.RAW, bytes));
    }

    /** Ends the stream in order, after what is queued. */
    public void end() {
        offer(new Item(Kind.END, new byte[0]));
    }

    /** Closes the socket in the middle of the body, after what is queued. */
    public void cut() {
        offer(new Item(Kind.CUT, new byte[0]));
    }

    /** Resets the connection at once. */
    public void resetNow() {
        if (leave()) {
            Sockets.reset(request, exchange);
        }
    }

    private void offer(Item item) {
        if (closed.get()) {
            return;
        }
        queue.add(item);
        if (queuedBytes.addAndGet(item.bytes.length) > MAX_QUEUED_BYTES) {
            resetNow();
        } else if (scheduled.compareAndSet(false, true)) {
            // Not on the publisher's thread: while a write is under way, it queues what the next one takes at once.
            executor.execute(this::iterate);
        }
    }

    private boolean leave() {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        queue.clear();
        listener.closed(this);
        return true;
    }

    @Override
    protected Action process() {
        if (!underWay.isEmpty()) {
            listener.written(this, underWay);
            underWay = new ArrayList<>();
        }
        // Late headers: a stream that is cut before its first event never has any.
        if (!opened && nextKind() != Kind.CUT) {
            opened = true;
            response.write(false, style.byteOrderMark() ? ByteBuffer.wrap(BOM) : ByteBuffer.allocate(0), this);
            return Action.SCHEDULED;
        }
        if (closed.get()) {
            return ended ? Action.SUCCEEDED : Action.IDLE;
        }
        scheduled.set(false);
        return switch (nextKind()) {
            case LINE -> writeLines();
            case RAW -> {
                response.write(false, ByteBuffer.wrap(poll().bytes), this);
                yield Action.SCHEDULED;
            }
            case END -> {
                ended = true;
                // Before the answer's end: after it the connection reads the next request.
                Sockets.forget(request);
                leave();
                response.write(true, ByteBuffer.allocate(0), this);
                yield Action.SCHEDULED;
            }
            case CUT -> {
                if (leave()) {
                    Sockets.cut(request, exchange);
                }
                yield Action.IDLE;
            }
        };
    }

    private Kind nextKind() {
        Item next = queue.peek();
        return next == null ? Kind.LINE : next.kind;
    }

    private Action writeLines() {
        buffer.clear();
        byte[] large = null;
        for (Item next = queue.peek(); next != null && next.kind == Kind.LINE; next = queue.peek()) {
            if (next.bytes.length + separator.length > buffer.remaining()) {
                if (buffer.position() == 0) {
                    large = framed(poll().bytes);
                }
                break;
            }
            byte[] line = poll().bytes;
            frame(buffer, line);
            underWay.add(line);
        }
        if (large == null && buffer.position() == 0) {
            return Action.IDLE;
        }
        response.write(false, large == null ? buffer.flip() : ByteBuffer.wrap(large), this);
        return Action.SCHEDULED;
    }

    private Item poll() {
        Item item = queue.remove();
        queuedBytes.addAndGet(-item.bytes.length);
        return item;
    }

    private byte[] framed(byte[] line) {
        ByteBuffer framed = ByteBuffer.allocate(line.length + separator.length);
        underWay.add(line);
        frame(framed, line);
        return framed.position() == framed.capacity()
                ? framed.array()
                : Arrays.copyOf(framed.array(), framed.position());
    }

    private void frame(ByteBuffer to, byte[] line) {
        if (style.finalEnd()) {
            to.put(line).put(separator);
        } else {
            if (lineBefore) {
                to.put(separator);
            }
            to.put(line);
            lineBefore = true;
        }
    }

    @Override
    protected void onCompleteSuccess() {
        exchange.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable failure) {
        if (leave() || ended) {
            exchange.failed(failure);
        }
    }
}
