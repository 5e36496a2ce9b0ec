package io.github.camelgitpod.consumer;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.camel.Message;

/**
 * Sets the headers that nearly all messages of one kind have. Camel keeps headers in a sorted map, where each new one is
 * compared with others. Copying a map that is sorted already needs no comparison, and so is faster.
 */
public final class HeaderTemplate {
    private final SortedMap<String, Object> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** @param names of the headers */
    public HeaderTemplate(String... names) {
        for (String name : names) {
            this.names.put(name, null);
        }
    }

    /**
     * Replaces a message's headers.
     *
     * @param values gives the value of a header; null: leave this header out
     */
    public void fill(Message message, Function<String, Object> values) {
        // Camel copies the map into one of its own kind.
        message.setHeaders(names);
        message.getHeaders().entrySet().removeIf(header -> {
            Object value = values.apply(header.getKey());
            if (value != null) {
                header.setValue(value);
            }
            return value == null;
        });
    }
}
