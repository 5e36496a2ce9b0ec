package io.github.camelgitpod.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Reads the wait out of an error's detail {@code google.rpc.RetryInfo}. Its value is a protobuf message in Base64, whose
 * field 1 is a duration: 1, the seconds, and 2, the nanoseconds. It is too small to need a library.
 */
final class RetryInfo {
    private static final String TYPE = "google.rpc.RetryInfo";
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;
    private static final int LONGEST_VARINT = 10;
    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    private long seconds;
    private long nanos;

    private RetryInfo() {}

    /**
     * @param error a Connect error
     * @return what its details say, which may be zero or negative; empty when they do not say it, or it cannot be read
     */
    static Optional<Duration> of(JsonNode error) {
        for (JsonNode detail : error.path("details")) {
            if (detail.path("type").asText().equals(TYPE)) {
                return decode(detail.path("value").asText());
            }
        }
        return Optional.empty();
    }

    private static Optional<Duration> decode(String value) {
        RetryInfo info = new RetryInfo();
        try {
            info.read(ByteBuffer.wrap(Base64.getDecoder().decode(value)), false);
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
        // Negative seconds are no wait; with nanoseconds they can be less than a duration holds.
        boolean valid = info.seconds >= 0 && Math.abs(info.nanos) < NANOS;
        return valid ? Optional.of(Duration.ofSeconds(info.seconds).plusNanos(info.nanos)) : Optional.empty();
    }

    /** @param duration whether the message is the inner one */
    private void read(ByteBuffer message, boolean duration) {
        while (message.hasRemaining()) {
            long tag = varint(message);
            long field = tag >>> 3;
            switch ((int) (tag & 7)) {
                case VARINT -> number(duration ? field : 0, varint(message));
                case BYTES -> {
                    ByteBuffer inner = bytes(message, varint(message));
                    if (!duration && field == 1) {
                        read(inner, true);
                    }
                }
                case FIXED_64 -> bytes(message, Long.BYTES);
                case FIXED_32 -> bytes(message, Integer.BYTES);
                default -> throw new IllegalArgumentException("no such type of field");
            }
        }
    }

    private void number(long field, long value) {
        if (field == 1) {
            seconds = value;
        } else if (field == 2) {
            nanos = (int) value;
        }
    }

    private static ByteBuffer bytes(ByteBuffer message, long length) {
        if (length < 0 || length > message.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer inner = message.slice(message.position(), (int) length);
        message.position(message.position() + (int) length);
        return inner;
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            byte next = message.get();
            value |= (long) (next & 0x7F) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number that never ends");
    }
}
