package io.github.camelgitpod.consumer;

import io.github.camelgitpod.state.KeysBeside;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultConsumer;

/** Which consumer of a Camel application has which state. Two with one key would overwrite each other's. */
final class StateClaims {
    private final Map<State, DefaultConsumer> owners = new HashMap<>();

    /**
     * @param place where it is kept; equal for the same place
     * @param key   under which
     */
    record State(Object place, String key) {
        /** Whether something may be stored in both. */
        private boolean meets(State other) {
            return place.equals(other.place)
                    && (key.equals(other.key)
                            || KeysBeside.isBeside(key, other.key)
                            || KeysBeside.isBeside(other.key, key));
        }

        private String where() {
            return place instanceof Path
                    ? "stateDirectory=" + place
                    : place.getClass().getSimpleName();
        }
    }

    /** Those of this context. */
    static StateClaims of(CamelContext context) {
        synchronized (StateClaims.class) {
            StateClaims claims = context.getCamelContextExtension().getContextPlugin(StateClaims.class);
            if (claims == null) {
                claims = new StateClaims();
                context.getCamelContextExtension().addContextPlugin(StateClaims.class, claims);
            }
            return claims;
        }
    }

    /** @throws IllegalArgumentException when another consumer has it */
    synchronized void claim(State state, DefaultConsumer consumer) {
        owners.forEach((claimed, owner) -> {
            if (owner != consumer && state.meets(claimed)) {
                throw new IllegalArgumentException("Two consumers have the state "
                        + (state.equals(claimed)
                                ? "key " + state.key()
                                : "keys " + claimed.key() + " and " + state.key()
                                        + ", of which the longer one is used by both,")
                        + " in " + state.where()
                        + ": " + ConsumerName.of(owner) + " and " + ConsumerName.of(consumer)
                        + "; allowed: one consumer for each key, or they"
                        + " overwrite each other's state. Give one of them a stateKey of its own");
            }
        });
        owners.putIfAbsent(state, consumer);
    }

    synchronized boolean isClaimed(State state) {
        return owners.containsKey(state);
    }

    /** Camel stops a consumer also when its start has failed. */
    synchronized void release(DefaultConsumer consumer) {
        owners.values().remove(consumer);
    }
}
