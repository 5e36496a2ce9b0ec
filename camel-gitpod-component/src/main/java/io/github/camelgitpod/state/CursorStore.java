package io.github.camelgitpod.state;

import io.github.camelgitpod.client.AuditLogFilter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.camel.spi.StateRepository;

/** Loads and saves one cursor in a repository of Camel's. Used by one thread at a time. */
public final class CursorStore {
    private final StateRepository<String, String> repository;
    private final String key;
    private final InstantSource clock;
    private final Fence fence;
    private final CursorParts parts;
    private long generation;
    /** Whether the stored cursor is one that was saved here. */
    private boolean claimed;

    private volatile String text;

    /**
     * @param repository started by the caller
     * @param key        under which the cursor is kept
     * @param clock      only for the time of the save, which is for people
     */
    public CursorStore(StateRepository<String, String> repository, String key, InstantSource clock) {
        this(repository, key, clock, CursorParts.FEWEST, CursorParts.MOST);
    }

    /**
     * @param fewest so many ids become a part
     * @param most   so many are in one at most
     */
    CursorStore(StateRepository<String, String> repository, String key, InstantSource clock, int fewest, int most) {
        this.repository = repository;
        this.key = key;
        this.clock = clock;
        this.fence = new Fence(repository, key);
        this.parts = new CursorParts(repository, key, fence, fewest, most);
    }

    /**
     * The cursor as it was saved last, whoever saved it: to go on from it is to overtake that one. Empty when there is none.
     *
     * @throws IllegalStateException when there is something that cannot be read
     */
    public Optional<CursorState> load() {
        claimed = false;
        String stored = fence.load();
        if (stored == null) {
            return Optional.empty();
        }
        CursorCodec.Saved saved = CursorCodec.decode(key, stored);
        parts.load(saved);
        generation = saved.generation();
        text = stored;
        return Optional.of(saved.state());
    }

    /**
     * To be called before anything is saved, and before anything is delivered.
     *
     * @throws OvertakenException when another consumer has saved the cursor since it was loaded or saved here
     */
    public void verify() {
        fence.verify();
    }

    /** The stored text, without going on from it; null: there is none. */
    public String look() {
        return fence.look();
    }

    /**
     * How a cursor is recognised that an earlier version kept under another key.
     *
     * @param filter  that it must have been made with
     * @param address that it must be of, unless it does not say
     */
    public static EarlierState earlier(AuditLogFilter filter, String address) {
        Origin here = new Origin(address, null);
        return new EarlierState(
                (repository, key, text) -> {
                    CursorState state = CursorCodec.decode(key, text).state();
                    return state.filter().equals(filter) && !state.origin().differsFrom(here);
                },
                List.of(KeysBeside.DELIVERED));
    }

    /** What was saved beside the cursor; null: nothing was. */
    public String loadDeliveredLog() {
        return repository.getState(deliveredLogKey());
    }

    /** Saves something beside the cursor: it must be there before a cursor is saved that relies on it. */
    public void saveDeliveredLog(String text) {
        repository.setState(deliveredLogKey(), text);
    }

    private String deliveredLogKey() {
        return key + KeysBeside.DELIVERED;
    }

    /** Saves the cursor; when this returns, it is as safe as the repository makes it. */
    public void save(CursorState state) {
        generation++;
        DeliveredIds delivered = state.delivered();
        if (claimed) {
            parts.store(delivered, fence.owner() + "/" + generation);
        }
        String encoded = CursorCodec.encode(state, clock.instant(), fence.owner(), generation);
        parts.named(delivered);
        fence.save(encoded);
        parts.saved(delivered);
        claimed = true;
        text = encoded;
    }

    /** The cursor as it was loaded or saved last, without its parts, for people; null: neither was. Asks the repository nothing; any thread. */
    public String text() {
        return text;
    }
}
