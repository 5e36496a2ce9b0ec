package io.github.camelgitpod.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.management.ManagementFactory;
import java.util.UUID;
import org.apache.camel.spi.StateRepository;

/**
 * Sees whether another consumer has saved a state since this one loaded or saved it, in whatever repository it is kept: each
 * text says who wrote it, and how often it was saved. A repository that compares and sets closes the moment between a look
 * and a save, too. Used by one thread at a time, but for {@link #isOurs}.
 */
final class Fence {
    static final String OWNER = "owner";
    static final String GENERATION = "generation";

    private final StateRepository<String, String> repository;
    private final String key;
    /** One of its own for each consumer and each start: two processes in containers can have one number and one name. */
    private final String owner = ManagementFactory.getRuntimeMXBean().getName() + " "
            + UUID.randomUUID().toString().substring(0, 8);

    private volatile String known;

    Fence(StateRepository<String, String> repository, String key) {
        this.repository = repository;
        this.key = key;
    }

    /** Who this one is, in what it writes. */
    String owner() {
        return owner;
    }

    /** Reads the state, and goes on from it. Null: there is none. */
    String load() {
        known = repository.getState(key);
        return known;
    }

    /** The state as it is, whosever it is; null: there is none. */
    String look() {
        return repository instanceof CrashSafeFileStateRepository files ? files.look(key) : repository.getState(key);
    }

    /** @throws OvertakenException when another one has saved since; where nothing is stored, nobody has */
    void verify() {
        if (repository instanceof CrashSafeFileStateRepository files && files.isKnown(key, known)) {
            // It has one owner, and a save of another repository's is refused. Of one that consumers share, nobody has
            // saved since.
            return;
        }
        String stored = look();
        if (stored == null || stored.equals(known)) {
            return;
        }
        JsonNode state = read(stored);
        if (!owner.equals(state.path(OWNER).asText()) && !isKnown(state)) {
            throw new OvertakenException("The state " + key + " was saved by "
                    + state.path(OWNER).asText("another consumer") + " at "
                    + state.path("savedAt").asText("a later time"));
        }
    }

    /** Whether nobody else has saved since. For any thread. */
    boolean isOurs() {
        try {
            verify();
            return true;
        } catch (OvertakenException e) {
            return false;
        }
    }

    void save(String text) {
        repository.setState(key, text);
        known = text;
    }

    /** A database may have changed the text without changing what it says. */
    private boolean isKnown(JsonNode stored) {
        JsonNode before = known == null ? null : read(known);
        return before != null
                && stored.has(OWNER)
                && stored.path(OWNER).equals(before.path(OWNER))
                && stored.path(GENERATION).equals(before.path(GENERATION));
    }

    private static JsonNode read(String text) {
        try {
            return StateJson.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            // Whoever loads it says so.
            return StateJson.MAPPER.missingNode();
        }
    }
}
