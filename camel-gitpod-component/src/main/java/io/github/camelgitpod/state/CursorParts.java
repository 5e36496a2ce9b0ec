package io.github.camelgitpod.state;

import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.spi.StateRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps most of what a cursor remembers beside it, in parts, so that a save writes what is new and not all of it. A part is
 * written before the cursor that names it; until then it means nothing. It is not written over as long as a cursor that may be
 * stored names it: the last one, or one whose save has failed.
 *
 * <p>Of two consumers each writes only under keys that it has read since it loaded the cursor, and looks for the other one's
 * cursor after that. In a repository that refuses who was overtaken none writes over a part of the other's.
 */
final class CursorParts {
    /** So many ids are 70 kB, which a save may write. */
    static final int FEWEST = 1_000;
    /** So many are half a megabyte, which every repository takes. */
    static final int MOST = 8_000;

    private static final Logger LOG = LoggerFactory.getLogger(CursorParts.class);

    private final StateRepository<String, String> repository;
    private final String key;
    private final Fence fence;
    private final int fewest;
    private final int most;
    /** The slots that were read since the cursor was loaded. */
    private final Set<Integer> known = new HashSet<>();
    /** Those of the cursor that is stored, for certain and perhaps. */
    private Set<Integer> stored = Set.of();

    private Set<Integer> perhaps = new HashSet<>();

    CursorParts(StateRepository<String, String> repository, String key, Fence fence, int fewest, int most) {
        this.repository = repository;
        this.key = key;
        this.fence = fence;
        this.fewest = fewest;
        this.most = most;
    }

    /** Reads the parts of a cursor into it. One that is not there any more only makes entries come again. */
    void load(CursorCodec.Saved saved) {
        known.clear();
        perhaps = new HashSet<>();
        stored = Set.copyOf(saved.parts().keySet());
        CursorState state = saved.state();
        saved.parts().forEach((slot, name) -> load(slot, name, state));
        // A part stays whole until the last of it is forgotten.
        state.delivered().dropBefore(state.watermark(), (id, createdAt) -> {});
    }

    private void load(int slot, String name, CursorState state) {
        Optional<Map<String, Instant>> content =
                CursorCodec.decodePart(key(slot), name, repository.getState(key(slot)));
        known.add(slot);
        if (content.isPresent()) {
            state.delivered().load(slot, name, content.get());
        } else {
            LOG.warn(
                    "The part {} of the state {} is missing or damaged: nothing is lost, but entries that were delivered since"
                            + " {} may come again",
                    key(slot),
                    key,
                    state.watermark());
        }
    }

    /**
     * Makes parts of what has become too much for the cursor.
     *
     * @param save tells this save from all others
     * @throws OvertakenException when another consumer has the cursor
     */
    void store(DeliveredIds delivered, String save) {
        for (int i = 0; delivered.loose().size() >= fewest; i++) {
            DeliveredIds.Bundle bundle = delivered.next(most);
            int slot = free(delivered);
            String name = save + "/" + i;
            String text = CursorCodec.encodePart(name, bundle.content());
            if (!known.contains(slot)) {
                repository.getState(key(slot));
                fence.verify();
                known.add(slot);
            }
            write(key(slot), text);
            delivered.moved(bundle, slot, name);
        }
    }

    private void write(String place, String text) {
        try {
            repository.setState(place, text);
        } catch (OvertakenException e) {
            // The consumer before may have written it after it was read here, and before it saw that it was overtaken.
            fence.verify();
            repository.getState(place);
            repository.setState(place, text);
        }
    }

    /** A cursor that names these parts is about to be saved. */
    void named(DeliveredIds delivered) {
        perhaps.addAll(slots(delivered));
    }

    /** It was. */
    void saved(DeliveredIds delivered) {
        stored = slots(delivered);
        perhaps = new HashSet<>();
    }

    private int free(DeliveredIds delivered) {
        Set<Integer> taken = slots(delivered);
        int slot = 0;
        while (taken.contains(slot) || stored.contains(slot) || perhaps.contains(slot)) {
            slot++;
        }
        return slot;
    }

    private static Set<Integer> slots(DeliveredIds delivered) {
        return delivered.parts().stream().map(DeliveredIds.Part::slot).collect(Collectors.toSet());
    }

    private String key(int slot) {
        return key + KeysBeside.SEEN + slot;
    }
}
