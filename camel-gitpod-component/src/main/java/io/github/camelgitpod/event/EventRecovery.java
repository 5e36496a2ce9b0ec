package io.github.camelgitpod.event;

import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.event.recovery.GapRecovery;
import io.github.camelgitpod.option.CommaList;
import io.github.camelgitpod.state.KnownStateStore;
import io.github.camelgitpod.state.RecoveredEntriesStore;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.spi.StateRepository;

/**
 * How a consumer's streams recover what they missed, as the option {@code reconcile} says. What recovery has to remember is
 * stored beside the consumer's position, under keys that begin with the same one.
 *
 * @param ways             none: nothing is recovered
 * @param repository       of the consumer's state
 * @param key              of it
 * @param baseUrl          the resources known of one server are of no use with another
 * @param everyEnvironment whether there are streams for what is inside the environments
 */
record EventRecovery(
        Set<Way> ways,
        StateRepository<String, String> repository,
        String key,
        String baseUrl,
        boolean everyEnvironment) {

    /** As they are written in the option. */
    enum Way {
        relist,
        auditLogs
    }

    /** @throws IllegalArgumentException when a value is unknown; the message has those that are allowed */
    static Set<Way> parse(String option, String value) {
        List<String> names = CommaList.parse(option, value);
        Set<Way> ways = EnumSet.noneOf(Way.class);
        if (names.size() == 1 && names.get(0).equalsIgnoreCase("none")) {
            return ways;
        }
        for (String name : names) {
            ways.add(Arrays.stream(Way.values())
                    .filter(way -> way.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("Option " + option + "=" + value
                            + "; allowed: none, relist, auditLogs, or relist,auditLogs")));
        }
        return ways;
    }

    GapRecovery of(EventQuery query) {
        if (ways.isEmpty()) {
            return GapRecovery.none();
        }
        InstantSource clock = InstantSource.system();
        String ownKey = query.environmentId() == null ? key : key + "/" + query.environmentId();
        String scope = UUID.nameUUIDFromBytes((baseUrl + " " + query).getBytes(StandardCharsets.UTF_8))
                .toString();
        return GapRecovery.of(
                query,
                everyEnvironment && query.environmentId() == null,
                ways.contains(Way.auditLogs) ? new RecoveredEntriesStore(repository, ownKey + "/entries") : null,
                ways.contains(Way.relist) ? new KnownStateStore(repository, ownKey + "/resources", scope, clock) : null,
                clock);
    }
}
