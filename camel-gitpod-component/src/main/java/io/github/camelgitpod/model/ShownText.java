package io.github.camelgitpod.model;

/**
 * Text that others sent, such as an id, as it may stand in a message: control characters, which could forge lines of a log, are
 * escaped, and a long text is cut.
 */
public final class ShownText {
    private static final int LONGEST = 1000;

    private ShownText() {}

    /** Null for null. */
    public static String of(String text) {
        if (text == null) {
            return null;
        }
        StringBuilder shown = new StringBuilder();
        text.chars().limit(LONGEST).forEach(c -> {
            if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                shown.append("\\u%04x".formatted(c));
            } else {
                shown.append((char) c);
            }
        });
        return text.length() > LONGEST ? shown + "..." : shown.toString();
    }
}
