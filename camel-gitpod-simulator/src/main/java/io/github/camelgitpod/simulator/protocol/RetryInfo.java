package io.github.camelgitpod.simulator.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;

/** The detail of a Connect error that says how long to wait: the protobuf message google.rpc.RetryInfo. */
public final class RetryInfo {

    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private RetryInfo() {}

    /**
     * The detail as a Connect error carries it.
     *
     * @param wait how long to wait; zero or more
     * @return an object with {@code type}, {@code value} in base64 without padding, and {@code debug}
     */
    public static ObjectNode detail(Duration wait) {
        ByteArrayOutputStream duration = new ByteArrayOutputStream();
        number(duration, 1, wait.getSeconds());
        number(duration, 2, wait.getNano());
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        tag(message, 1, LENGTH_DELIMITED);
        varint(message, duration.size());
        message.writeBytes(duration.toByteArray());
        ObjectNode detail = Json.object()
                .put("type", "google.rpc.RetryInfo")
                .put("value", Base64.getEncoder().withoutPadding().encodeToString(message.toByteArray()));
        detail.putObject("debug").put("retryDelay", text(wait));
        return detail;
    }

    /** As proto3 JSON writes a duration: seconds, with a fraction only where there is one. */
    private static String text(Duration wait) {
        if (wait.getNano() == 0) {
            return wait.getSeconds() + "s";
        }
        return wait.getSeconds() + "."
                + String.format(Locale.ROOT, "%09d", wait.getNano()).replaceFirst("(000){1,2}$", "") + "s";
    }

    // A field with its default value is absent.
    private static void number(ByteArrayOutputStream out, int field, long value) {
        if (value != 0) {
            tag(out, field, VARINT);
            varint(out, value);
        }
    }

    private static void tag(ByteArrayOutputStream out, int field, int wireType) {
        out.write(field << 3 | wireType);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
