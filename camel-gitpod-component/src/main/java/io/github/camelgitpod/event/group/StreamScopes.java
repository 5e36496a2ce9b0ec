package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.EventQuery;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which streams a consumer holds.
 *
 * @param queries          one stream each, from the start
 * @param everyEnvironment whether there is one more for each environment, as environments come and go; then the first query is
 *                         the organization's
 * @param maxStreams       at most so many streams of environments
 */
public record StreamScopes(List<EventQuery> queries, boolean everyEnvironment, int maxStreams) {

    public StreamScopes {
        queries = List.copyOf(queries);
    }

    /** Whether positions of these scopes, by name, can be of such streams: of all of them, and no others. */
    public boolean areThose(Set<String> names) {
        Set<String> own = queries.stream()
                .map(query -> HeldStreams.scope(query.environmentId()))
                .collect(Collectors.toSet());
        return everyEnvironment ? names.containsAll(own) : names.equals(own);
    }

    /** Names these scopes in the keys of stored state, so it stays as it is: with another text, the state is not found. */
    public String sourceText() {
        List<String> texts = queries.stream().map(EventQuery::sourceText).toList();
        return "StreamScopes[queries=" + texts + ", everyEnvironment=" + everyEnvironment + ", maxStreams=" + maxStreams
                + "]";
    }
}
