package io.github.camelgitpod.event;

import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.SteadyClock;
import io.github.camelgitpod.event.group.StreamScopes;
import io.github.camelgitpod.event.recovery.GapRecovery;
import io.github.camelgitpod.state.EarlierState;
import io.github.camelgitpod.state.KeysBeside;
import io.github.camelgitpod.state.KnownStateStore;
import io.github.camelgitpod.state.PositionStore;
import io.github.camelgitpod.state.RecoveredEntriesStore;
import io.github.camelgitpod.state.SourceHash;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.spi.StateRepository;

/**
 * How a consumer's streams recover what they missed, as the option {@code reconcile} says. What recovery has to remember is
 * stored beside the consumer's position, under keys that begin with the same one.
 *
 * @param ways             none: nothing is recovered
 * @param states           where the consumer keeps its state
 * @param directory        where pages of an older server may wait; null: where temporary files are
 * @param key              of it
 * @param baseUrl          the resources known of one server are of no use with another
 * @param everyEnvironment whether there are streams for what is inside the environments
 */
record EventRecovery(
        Set<Way> ways,
        StateRepository<String, String> states,
        Path directory,
        String key,
        String baseUrl,
        boolean everyEnvironment) {

    /** As they are written in the option. */
    enum Way {
        relist,
        auditLogs
    }

    GapRecovery of(EventQuery query) {
        if (ways.isEmpty()) {
            return GapRecovery.none();
        }
        String ownKey = key + beside(query);
        String scope = SourceHash.of(baseUrl, query.sourceText());
        return GapRecovery.of(
                query,
                everyEnvironment && query.environmentId() == null,
                ways.contains(Way.auditLogs) ? new RecoveredEntriesStore(states, ownKey + KeysBeside.ENTRIES) : null,
                ways.contains(Way.relist)
                        ? new KnownStateStore(states, ownKey + KeysBeside.RESOURCES, scope, InstantSource.system())
                        : null,
                SteadyClock.system(),
                directory);
    }

    /** How what an earlier version kept for these streams is recognised under another key. */
    static EarlierState earlier(StreamScopes scopes, String baseUrl) {
        Map<String, Set<String>> resources = new HashMap<>();
        for (EventQuery query : scopes.queries()) {
            // The slash was part of the address, if it was written.
            resources.put(
                    beside(query) + KeysBeside.RESOURCES,
                    Set.of(
                            SourceHash.of(baseUrl, query.sourceText()),
                            SourceHash.of(baseUrl + "/", query.sourceText())));
        }
        return PositionStore.earlier(
                scopes::areThose, resources, besides(scopes).toList());
    }

    /** All keys under which a consumer stores something. The streams of all environments that there are have no others. */
    static List<String> keys(String key, StreamScopes scopes) {
        return Stream.concat(Stream.of(""), besides(scopes)).map(key::concat).toList();
    }

    private static Stream<String> besides(StreamScopes scopes) {
        return scopes.queries().stream()
                .map(EventRecovery::beside)
                .flatMap(own -> Stream.of(
                        own + KeysBeside.ENTRIES,
                        own + KeysBeside.RESOURCES,
                        own + KeysBeside.RESOURCES + KeysBeside.CHANGED));
    }

    private static String beside(EventQuery query) {
        return query.environmentId() == null ? "" : "/" + query.environmentId();
    }
}
