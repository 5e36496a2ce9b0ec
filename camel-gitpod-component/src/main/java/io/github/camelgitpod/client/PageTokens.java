package io.github.camelgitpod.client;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** The page tokens of one listing. Each may come once: following one again would lead in circles. */
public final class PageTokens {
    private final Set<String> seen = new HashSet<>();

    /**
     * Notes the token of the next page.
     *
     * @return the token
     * @throws IOException when this listing had it before
     */
    public String follow(String nextToken) throws IOException {
        if (!seen.add(nextToken)) {
            throw new IOException("No progress: the server gave the same page token twice");
        }
        return nextToken;
    }
}
