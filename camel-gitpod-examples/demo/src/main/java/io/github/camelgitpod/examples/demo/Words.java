package io.github.camelgitpod.examples.demo;

import java.util.Locale;

/** The server's names, for people. */
final class Words {
    private Words() {}

    /** The end of an id, which differs where its beginning, a time, may not. */
    static String brief(String id) {
        return id == null ? "?" : id.substring(id.lastIndexOf('-') + 1);
    }

    /** {@code RESOURCE_TYPE_USER_SECRET} is a user secret. */
    static String brief(String name, String prefix) {
        return name != null && name.startsWith(prefix)
                ? name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', ' ')
                : name;
    }
}
