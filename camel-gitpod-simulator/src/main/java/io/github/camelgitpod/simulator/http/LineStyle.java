package io.github.camelgitpod.simulator.http;

/**
 * How the lines of a stream are written.
 *
 * @param end what ends a line
 * @param blankLines an empty line after each
 * @param byteOrderMark a BOM first of all
 * @param finalEnd whether the last line is ended; without, a line's end comes only with the line after it
 */
public record LineStyle(String end, boolean blankLines, boolean byteOrderMark, boolean finalEnd) {

    /** Each line ends with one newline. */
    public static final LineStyle PLAIN = new LineStyle("\n", false, false, true);

    /**
     * What comes between two lines, or after each.
     *
     * @return the line end, twice with blank lines
     */
    public String separator() {
        return blankLines ? end + end : end;
    }
}
