package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.model.GapReasons;
import java.util.Set;

/**
 * How a connection ended, or why there was none.
 *
 * @param reason  one of {@link GapReasons}, or a Connect code
 * @param cause   null when the server ended the stream without an error, or the route has stalled
 * @param wasOpen false: the attempt to connect failed
 */
record Ending(String reason, Exception cause, boolean wasOpen) {
    private static final Set<String> PERMANENT = Set.of("invalid_argument", "unimplemented", "not_found");

    static Ending clean() {
        return new Ending(GapReasons.CLEAN_END, null, true);
    }

    static Ending ofConnection(Exception cause) {
        return new Ending(reasonOf(cause), cause, true);
    }

    /** The route takes nothing any more. */
    static Ending stalled() {
        return new Ending(GapReasons.STALL, null, true);
    }

    boolean isStall() {
        return reason.equals(GapReasons.STALL);
    }

    /** Whether the server said so, behind all that it had sent before. */
    boolean isOfServer() {
        return wasOpen && !isStall() && (cause == null || cause instanceof ApiException);
    }

    static Ending ofAttempt(Exception cause) {
        return new Ending(reasonOf(cause), cause, false);
    }

    /** Whether another attempt would end the same way: the request itself is wrong. A 404 without a code can be a proxy's, and pass. */
    boolean isPermanent() {
        return cause instanceof ApiException answer
                && !answer.isAccessRefused()
                && (answer.isBadRequest()
                        || answer.code().filter(PERMANENT::contains).isPresent());
    }

    private static String reasonOf(Exception cause) {
        if (cause instanceof ApiException answer) {
            return answer.status() > 0
                    ? GapReasons.httpStatus(answer.status())
                    : answer.code().orElse(GapReasons.UNKNOWN);
        }
        return GapReasons.RESET;
    }
}
