package io.github.camelgitpod.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Collection;
import org.apache.camel.spi.StateRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses what a later version of the component stored, where what cannot be read is otherwise begun anew, and written over. */
public final class LaterFormats {
    private static final Logger LOG = LoggerFactory.getLogger(LaterFormats.class);

    private LaterFormats() {}

    /**
     * Looks at the texts under these keys. What is not there, or cannot be read for another reason, passes: those who use it tell.
     *
     * @param repository started by the caller
     * @throws IllegalStateException when one of them is in a format that this version does not know
     */
    public static void refuse(StateRepository<String, String> repository, Collection<String> keys) {
        for (String key : keys) {
            try {
                String text = repository.getState(key);
                if (text != null) {
                    StateJson.parse("state", key, text);
                }
            } catch (LaterFormatException e) {
                throw e;
            } catch (JsonProcessingException | RuntimeException e) {
                LOG.debug("The state {} cannot be read", key, e);
            }
        }
    }
}
