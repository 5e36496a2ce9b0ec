package io.github.camelgitpod.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.camel.spi.StateRepository;

/**
 * Finds a state that an earlier version kept under another key, and takes it over. Who takes it writes so into it, so that no
 * other key gets it too; an earlier version can still read it.
 *
 * @param fit     what is this consumer's for certain
 * @param besides what is appended to the key for what is kept beside the state
 */
public record EarlierState(Fit fit, List<String> besides) {
    /** Tells whose a state is. */
    @FunctionalInterface
    public interface Fit {
        /**
         * Whether it is what this consumer would have saved.
         *
         * @param repository where there may be more beside it
         * @throws JsonProcessingException when it cannot be read
         */
        boolean isOurs(StateRepository<String, String> repository, String key, String text)
                throws JsonProcessingException;
    }

    private static final String TAKEN_OVER_BY = "takenOverBy";

    /**
     * Copies the state to its new key.
     *
     * @param earlier where it was; asked for the old keys without owning what is there
     * @param current where it goes
     * @return whether there was one that fits
     * @throws IllegalStateException when another consumer uses it
     */
    public boolean takeOver(
            StateRepository<String, String> earlier, String from, StateRepository<String, String> current, String to) {
        String text = earlier.getState(from);
        if (text == null) {
            return false;
        }
        try {
            ObjectNode state = (ObjectNode) StateJson.parse("state", from, text, CursorCodec.WITH_PARTS);
            // One of today is another consumer's, whose key is as an earlier version would have made one.
            if (state.path(StateJson.VERSION_FIELD).asInt() == CursorCodec.WITH_PARTS
                    || !state.path(TAKEN_OVER_BY).asText(to).equals(to)
                    || !fit.isOurs(earlier, from, text)) {
                return false;
            }
            // First, since this fails when another consumer owns it.
            earlier.setState(from, StateJson.write(state.put(TAKEN_OVER_BY, to)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The state stored under " + from + " cannot be read: repair it, or remove it to begin anew", e);
        }
        for (String beside : besides) {
            String value = earlier.getState(from + beside);
            if (value != null) {
                current.setState(to + beside, value);
            }
        }
        // Last: where it is, all of it is.
        current.setState(to, text);
        return true;
    }
}
