package io.github.camelgitpod.model;

/**
 * The reasons of gaps that this component gives, as in {@link StreamGap#reason()} and the header of a gap's reason. Besides
 * these, a reason can be the Connect code with which the server ended the stream, such as {@code unavailable}.
 */
public final class GapReasons {
    /** The server ended the stream without an error. */
    public static final String CLEAN_END = "clean-end";

    /** The connection broke, or could not be opened. */
    public static final String RESET = "reset";

    /** A connection without a line for long was renewed, and nothing showed that the old one had lived until then. */
    public static final String IDLE = "idle";

    /** An old connection was renewed, and nothing showed that it had lived until then. */
    public static final String MAX_AGE = "max-age";

    /** Somebody asked for a new connection, and nothing showed that the old one had lived until then. */
    public static final String RECONNECT = "reconnect";

    /** What the reason begins with when the server answered with an error status; the status follows. */
    public static final String HTTP_STATUS_PREFIX = "http-";

    /** The server ended the stream with an error that has no Connect code. */
    public static final String UNKNOWN = "unknown";

    /** One line was no event. It was skipped. */
    public static final String PARSE = "parse";

    /** One line was longer than allowed. It was skipped. */
    public static final String OVERFLOW = "overflow";

    /** The route took no event for too long. */
    public static final String STALL = "stall";

    /** An environment was found late: the route was in the way, the process slept, or the environments could not be listed. */
    public static final String LATE = "late";

    /** There were more environments than streams are allowed, and this one had none. */
    public static final String MAX_STREAMS = "max-streams";

    /** The route was suspended. */
    public static final String SUSPENDED = "suspended";

    /** The route, or the process, was stopped and started again. */
    public static final String RESTART = "restart";

    private GapReasons() {}

    /** The reason when the server answered with this status. */
    public static String httpStatus(int status) {
        return HTTP_STATUS_PREFIX + status;
    }
}
