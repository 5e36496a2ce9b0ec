package io.github.camelgitpod.event.recovery;

import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Recovers what happened during a gap. Used by one thread at a time. */
public interface Reconciler {
    /** Nothing is recovered. */
    Reconciler NONE = new Reconciler() {
        @Override
        public Recovered recover(GitpodClient client, StreamGap gap, Consumer<GitpodEvent> sink) {
            return Recovered.NOTHING;
        }

        @Override
        public void observed(GitpodEvent event) {
            // Nothing is known, so nothing changes.
        }
    };

    /**
     * A connection was opened, and what it brings is held back until this returns.
     *
     * @param client of the connection; closed when the stream is stopped, which ends the recovery, too
     * @param gap    what was missed before it; null for the first connection, where nothing was
     * @param sink   is given each recovered event, in order; delivers it before it returns
     * @return what was recovered
     * @throws IOException when what was missed cannot be asked for now; the gap stays, is told, and the next connection tries
     *                     again
     */
    Recovered recover(GitpodClient client, StreamGap gap, Consumer<GitpodEvent> sink) throws IOException;

    /**
     * When to look for what became visible late of the gaps before; asked after each recovery.
     *
     * @return null: never
     */
    default Duration lookAgainIn() {
        return null;
    }

    /**
     * Looks for it; between events of the stream.
     *
     * @throws IOException when it cannot be asked for now
     */
    default Recovered lookAgain(GitpodClient client, Consumer<GitpodEvent> sink) throws IOException {
        return Recovered.NOTHING;
    }

    /** An event of the stream is going to be delivered, next. */
    void observed(GitpodEvent event);

    /**
     * What was recovered of a gap.
     *
     * @param relisted     resources that the server listed
     * @param synthetic    events made from what had changed among them
     * @param auditEntries events made from entries of the audit log
     */
    record Recovered(int relisted, int synthetic, int auditEntries) {
        /** Of a gap for which nothing was asked. */
        public static final Recovered NOTHING = new Recovered(0, 0, 0);
    }
}
