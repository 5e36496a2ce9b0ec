package io.github.camelgitpod.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** The page tokens of one listing. Each may come once: following one again would lead in circles. */
public final class PageTokens {
    private final String method;
    /** Hashed: a server makes them as long as it likes. */
    private final Set<UUID> seen = new HashSet<>();

    /** @param method the service's method that lists, for people */
    public PageTokens(String method) {
        this.method = method;
    }

    /** Notes the token of the next page; false: this listing had it before. */
    public boolean add(String nextToken) {
        return seen.add(UUID.nameUUIDFromBytes(nextToken.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Notes the token of the next page.
     *
     * @return the token
     * @throws IOException when this listing had it before
     */
    public String follow(String nextToken) throws IOException {
        if (!add(nextToken)) {
            throw new IOException("No progress: the server gave the same page token twice, in answer "
                    + (seen.size() + 1) + " of " + method);
        }
        return nextToken;
    }
}
