package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.client.Durations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when the server's clock and this machine's disagree: once when it begins, and once when it is over. */
final class ClockWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    /** So often in a row they must agree: of several servers behind one address, only one may have a wrong clock. */
    private static final int AGREEMENTS = 10;

    private int agreements;
    private volatile ClockStatus status = ClockStatus.NONE;

    /** May be asked by any thread. */
    ClockStatus status() {
        return status;
    }

    /** Whether a disagreement begins, if this is what they say. */
    boolean isNews(Clocks clocks) {
        return !clocks.agree() && status.disagreement() == null;
    }

    /** What the clocks say at the start of a poll. */
    void observe(Clocks clocks) {
        if (!clocks.agree()) {
            boolean begins = isNews(clocks);
            if (begins) {
                LOG.warn(
                        "Two clocks disagree by more than lookback={}: {}. The cursor goes by the earlier one. Nothing is"
                                + " lost as long as one of them is right; correct the other",
                        Durations.text(clocks.lookback()),
                        clocks.text());
            }
            agreements = 0;
            status = new ClockStatus(status.disagreements() + (begins ? 1 : 0), clocks.text());
        } else if (status.disagreement() != null && ++agreements == AGREEMENTS) {
            LOG.info("The server's clock and this machine's agree again");
            status = new ClockStatus(status.disagreements(), null);
        }
    }
}
