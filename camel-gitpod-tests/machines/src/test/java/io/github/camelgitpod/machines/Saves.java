package io.github.camelgitpod.machines;

import java.time.Instant;
import java.util.List;

/** Each save of a state that was made in the store: none is missing. */
interface Saves extends AutoCloseable {
    /** All of one state, in order, without what is kept beside it. */
    List<Save> of(String key) throws Exception;

    /** Who has saved last; 0: nobody. */
    default long owner(String key) throws Exception {
        List<Save> all = of(key);
        return all.isEmpty() ? 0 : all.get(all.size() - 1).pid();
    }

    @Override
    default void close() {}

    /**
     * One save.
     *
     * @param pid      of the process that saved
     * @param position up to where everything was delivered
     */
    record Save(long pid, Instant position, Instant at) {
        /**
         * @param owner    as the state has it, which begins with the process id
         * @param position as the state has it; null: nothing is known yet
         */
        static Save of(String owner, String position, Instant at) {
            return new Save(
                    Long.parseLong(owner.substring(0, owner.indexOf('@'))),
                    position == null ? Instant.EPOCH : Instant.parse(position),
                    at);
        }
    }
}
