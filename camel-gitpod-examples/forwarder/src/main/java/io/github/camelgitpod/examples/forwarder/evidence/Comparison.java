package io.github.camelgitpod.examples.forwarder.evidence;

import io.github.camelgitpod.examples.forwarder.evidence.Chain.Link;
import io.github.camelgitpod.model.ShownText;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Compares entries, one after the other, with the links of a manifest, and says in words what differs. */
final class Comparison {
    private final List<Link> links;
    private final Consumer<String> out;
    private final Map<String, Integer> places = new HashMap<>();
    private final BitSet seen = new BitSet();
    private int expected;
    private long differences;

    Comparison(List<Link> links, Consumer<String> out) {
        this.links = links;
        this.out = out;
        for (int i = 0; i < links.size(); i++) {
            places.putIfAbsent(links.get(i).key(), i);
        }
    }

    /**
     * Compares the next one.
     *
     * @param where    what begins the sentence, such as "line 3"
     * @param unknown  what is said of one that is not in the manifest
     * @param sameText whether its text has to be the same, not its id only
     * @param inOrder  whether it has to stand in its place
     */
    void next(String where, byte[] text, String unknown, boolean sameText, boolean inOrder) {
        String key = Chain.key(text);
        Integer known = places.get(key);
        // The same entry twice: the sink refused the rest of its page, which came again.
        if (expected < links.size() && links.get(expected).key().equals(key)) {
            known = expected;
        }
        if (known == null) {
            differs(where, unknown, key);
            return;
        }
        String before = known == 0 ? Chain.SEED : links.get(known - 1).hash();
        if (seen.get(known)) {
            differs(where, "once more", key);
        } else if (inOrder && known < expected) {
            differs(where, "not in its place", key);
        }
        if (sameText && !Chain.after(before, text).equals(links.get(known).hash())) {
            differs(where, "changed", key);
        }
        seen.set(known);
        expected = Math.max(expected, known + 1);
    }

    /** Names what did not come. Whether nothing differed. */
    boolean end(String where) {
        for (int i = seen.nextClearBit(0); i < links.size(); i = seen.nextClearBit(i + 1)) {
            differs(
                    where,
                    "missing, number %d of the export".formatted(i + 1),
                    links.get(i).key());
        }
        return differences == 0;
    }

    private void differs(String where, String what, String key) {
        differences++;
        out.accept("%s: %s, entry %s".formatted(where, what, ShownText.of(key)));
    }
}
