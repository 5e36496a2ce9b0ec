package io.github.camelgitpod.model;

/** What one line of the event stream turned out to be. */
public sealed interface StreamLine permits GitpodEvent, StreamLine.Skipped {

    /**
     * A line that is not an event: longer than allowed, not JSON, or cut off by the end of the stream.
     *
     * @param reason why, in words that name no content of the line
     * @param bytes  how long the line was
     */
    record Skipped(String reason, long bytes) implements StreamLine {
        /** The reason of a line that the end of the stream cut off. */
        public static final String CUT_OFF = "cut off by the end of the stream";

        /** Whether it is missing because the stream ended, and not for a reason of its own. */
        public boolean isCutOff() {
            return reason.equals(CUT_OFF);
        }
    }
}
