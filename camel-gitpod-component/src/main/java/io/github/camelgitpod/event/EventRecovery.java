package io.github.camelgitpod.event;

import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.SteadyClock;
import io.github.camelgitpod.consumer.ConsumerState;
import io.github.camelgitpod.event.recovery.GapRecovery;
import io.github.camelgitpod.state.KnownStateStore;
import io.github.camelgitpod.state.RecoveredEntriesStore;
import io.github.camelgitpod.state.SourceHash;
import java.time.InstantSource;
import java.util.Set;

/**
 * How a consumer's streams recover what they missed, as the option {@code reconcile} says. What recovery has to remember is
 * stored beside the consumer's position, under keys that begin with the same one.
 *
 * @param ways             none: nothing is recovered
 * @param state            where the consumer keeps its state
 * @param key              of it
 * @param baseUrl          the resources known of one server are of no use with another
 * @param everyEnvironment whether there are streams for what is inside the environments
 */
record EventRecovery(Set<Way> ways, ConsumerState state, String key, String baseUrl, boolean everyEnvironment) {

    /** As they are written in the option. */
    enum Way {
        relist,
        auditLogs
    }

    GapRecovery of(EventQuery query) {
        if (ways.isEmpty()) {
            return GapRecovery.none();
        }
        String ownKey = query.environmentId() == null ? key : key + "/" + query.environmentId();
        String scope = SourceHash.of(baseUrl, query.sourceText());
        return GapRecovery.of(
                query,
                everyEnvironment && query.environmentId() == null,
                ways.contains(Way.auditLogs)
                        ? new RecoveredEntriesStore(state.repository(), ownKey + "/entries")
                        : null,
                ways.contains(Way.relist)
                        ? new KnownStateStore(state.repository(), ownKey + "/resources", scope, InstantSource.system())
                        : null,
                SteadyClock.system(),
                state.directory());
    }
}
