package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.EventQuery;
import java.util.List;

/**
 * Which streams there shall be.
 *
 * @param queries          one stream each, from the start
 * @param everyEnvironment whether there is one more for each environment, as they come and go; the first query is the
 *                         organization's then
 * @param maxStreams       at most so many of these
 */
public record StreamScopes(List<EventQuery> queries, boolean everyEnvironment, int maxStreams) {

    public StreamScopes {
        queries = List.copyOf(queries);
    }
}
