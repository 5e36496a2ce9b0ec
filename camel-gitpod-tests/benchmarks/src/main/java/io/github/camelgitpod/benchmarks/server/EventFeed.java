package io.github.camelgitpod.benchmarks.server;

import io.github.camelgitpod.simulator.EventStreams;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What the streams carry: as much as they can take, or one event after the other, each with the moment it was sent. */
final class EventFeed {
    private static final int CHUNK_BYTES = 32 * 1024;
    private static final String OPERATION = "RESOURCE_OPERATION_UPDATE_STATUS";
    private static final String TYPE = "RESOURCE_TYPE_ENVIRONMENT";

    private List<byte[]> flood = List.of();
    private int floodEvents;

    /** Makes the lines before they are needed, so that what is measured is not their making. */
    void prepare(int events) {
        if (events == floodEvents) {
            return;
        }
        List<byte[]> chunks = new ArrayList<>();
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK_BYTES + 256);
        for (int i = 0; i < events; i++) {
            chunk.writeBytes(line(0, i).getBytes(StandardCharsets.US_ASCII));
            if (chunk.size() >= CHUNK_BYTES || i == events - 1) {
                chunks.add(chunk.toByteArray());
                chunk.reset();
            }
        }
        flood = chunks;
        floodEvents = events;
    }

    /** Queues all that was prepared. */
    void flood(EventStreams streams) {
        flood.forEach(streams::publishRaw);
    }

    /** Sends so many events, evenly. */
    void trickle(EventStreams streams, int events, int perSecond) {
        long pause = 1_000_000_000L / perSecond;
        long due = System.nanoTime();
        for (int i = 0; i < events; i++) {
            due += pause;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            streams.publish(OPERATION, TYPE, id(System.nanoTime(), i));
        }
    }

    private static String line(long sentAt, int place) {
        return "{\"operation\":\"" + OPERATION + "\",\"resourceType\":\"" + TYPE + "\",\"resourceId\":\""
                + id(sentAt, place) + "\"}\n";
    }

    /** A UUID in form: 16 digits of the monotonic clock, which all processes of a machine share, and 12 of the place. */
    private static String id(long sentAt, int place) {
        return String.format(
                "%08x-%04x-%04x-8000-%012x",
                (sentAt >>> 32) & 0xffffffffL, (sentAt >>> 16) & 0xffff, sentAt & 0xffff, place);
    }
}
