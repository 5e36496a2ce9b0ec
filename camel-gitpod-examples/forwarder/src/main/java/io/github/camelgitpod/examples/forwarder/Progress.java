package io.github.camelgitpod.examples.forwarder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how far a run is: on a terminal in one line that is written anew, else in the log, when something has come, once a minute. */
final class Progress {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final int SECONDS = 60;

    private final boolean terminal;
    private long told;
    private int waited;

    Progress(boolean terminal) {
        this.terminal = terminal;
    }

    /** To be called once a second. */
    void tell(String state, Run run) {
        if (terminal) {
            System.err.print("\r" + state + ": " + run + "\u001b[K");
        } else if (++waited >= SECONDS && run.count() > told) {
            LOG.info("{}: {}", state, run);
            told = run.count();
            waited = 0;
        }
    }
}
