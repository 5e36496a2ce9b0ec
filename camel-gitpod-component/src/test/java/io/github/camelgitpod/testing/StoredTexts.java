package io.github.camelgitpod.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** States as some version of the component has stored them. They stay as they are. */
public final class StoredTexts {
    private StoredTexts() {}

    /** @param file in the folder {@code state} of the test resources */
    public static String read(String file) {
        try (InputStream in = StoredTexts.class.getResourceAsStream("/state/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
