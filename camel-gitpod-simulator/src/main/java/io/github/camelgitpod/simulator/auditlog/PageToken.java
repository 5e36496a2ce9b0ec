package io.github.camelgitpod.simulator.auditlog;

import io.github.camelgitpod.simulator.PageTokens;
import io.github.camelgitpod.simulator.protocol.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Where the next page begins, and the query that this holds for. */
record PageToken(PageTokens kind, String fingerprint, long position, long idHigh, long idLow) {

    String encode() {
        String text = kind + ":" + fingerprint + ":" + position + ":" + idHigh + ":" + idLow;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static PageToken decode(String token, PageTokens kind, String fingerprint) {
        PageToken read;
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(":");
            read = new PageToken(
                    PageTokens.valueOf(parts[0]),
                    parts[1],
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    Long.parseLong(parts[4]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw ConnectException.invalid("pagination.token: invalid token");
        }
        if (read.kind != kind || read.position < 0 && kind.name().startsWith("OFFSET")) {
            throw ConnectException.invalid("pagination.token: invalid token");
        }
        if (!read.fingerprint.equals(fingerprint)) {
            throw ConnectException.invalid("pagination.token: the token was issued for another filter or sort");
        }
        return read;
    }

    /** Another text for the same place, as a server gives one with each page, though it be an empty one. */
    static String renewed(String token, long number) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            String[] parts = text.split(":");
            String place = String.join(":", Arrays.copyOf(parts, Math.min(parts.length, 5)));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((place + ":" + number).getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw ConnectException.invalid("pagination.token: invalid token");
        }
    }
}
