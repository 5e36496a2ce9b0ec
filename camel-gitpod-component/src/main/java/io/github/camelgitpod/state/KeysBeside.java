package io.github.camelgitpod.state;

import java.util.regex.Pattern;

/** Under which keys a consumer stores something beside its state: that state's key, and one of these after it. */
public final class KeysBeside {
    /** Entries that came after a gap, by the audit log. */
    public static final String ENTRIES = "/entries";
    /** Resources that are known. */
    public static final String RESOURCES = "/resources";
    /** After that one: what has changed since the whole was saved. */
    public static final String CHANGED = "/changed";
    /** What was delivered, as the first versions kept it. */
    static final String DELIVERED = "/delivered";
    /** Before the number of a part of the cursor. */
    static final String SEEN = "/seen/";

    /** An environment has entries and resources of its own, after its id. */
    private static final Pattern ALL = Pattern.compile(
            DELIVERED + "|" + SEEN + "\\d+|(/[^/]+)?(" + ENTRIES + "|" + RESOURCES + "(" + CHANGED + ")?)");

    private KeysBeside() {}

    /** Whether a consumer whose state has the key {@code owner} may store something under this key. */
    public static boolean isBeside(String owner, String key) {
        return key.startsWith(owner)
                && ALL.matcher(key.substring(owner.length())).matches();
    }
}
