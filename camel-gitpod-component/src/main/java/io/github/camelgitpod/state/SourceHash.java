package io.github.camelgitpod.state;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A short name for what a consumer reads, in keys and in what is stored. It stays: with another one, state is not found. */
public final class SourceHash {
    private SourceHash() {}

    /**
     * @param baseUrl the server
     * @param source  what is read from it
     */
    public static String of(String baseUrl, String source) {
        return UUID.nameUUIDFromBytes((baseUrl + " " + source).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
