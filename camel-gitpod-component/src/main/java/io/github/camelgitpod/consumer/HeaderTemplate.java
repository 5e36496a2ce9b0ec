package io.github.camelgitpod.consumer;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.camel.Message;

/**
 * The headers that nearly all messages of one kind have, set together. Camel keeps headers sorted without regard to case, so
 * each one that is put there is compared with others; a copy of what is sorted already needs none of that.
 */
public final class HeaderTemplate {
    private final SortedMap<String, Object> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    public HeaderTemplate(String... names) {
        for (String name : names) {
            this.names.put(name, null);
        }
    }

    /**
     * Replaces a message's headers.
     *
     * @param values gives the value of a header; null: this message does not have it
     */
    public void fill(Message message, Function<String, Object> values) {
        // Camel makes a map of its own kind of it.
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
