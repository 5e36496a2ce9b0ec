package io.github.camelgitpod;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The list of what users may use of the component in Java: {@code api.txt}. */
public final class PublicApi {
    private PublicApi() {}

    /** The classes, by their names below the component's base package. */
    public static List<String> names() {
        try (InputStream list = PublicApi.class.getResourceAsStream("/api.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
