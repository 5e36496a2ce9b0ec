package io.github.camelgitpod.machines;

import java.time.Instant;

/**
 * One exchange of a node.
 *
 * @param kind {@code A}: an entry of the audit log, {@code E}: an event of the stream, {@code R}: one that was recovered,
 *     {@code G}: a gap, {@code C}: its end, {@code S}: none, its start is complete
 * @param what the id of an entry; operation and id of an event; from, to and reason of a gap
 */
record Line(Instant time, char kind, String what) {
    static Line parse(String text) {
        int kind = text.indexOf(' ') + 1;
        return new Line(Instant.parse(text.substring(0, kind - 1)), text.charAt(kind), text.substring(kind + 2));
    }
}
