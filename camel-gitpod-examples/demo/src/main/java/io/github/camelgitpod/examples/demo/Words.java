package io.github.camelgitpod.examples.demo;

import java.util.Locale;

/** The server's names, for people. */
final class Words {
    private Words() {}

    /** {@code RESOURCE_TYPE_USER_SECRET} is a user secret. */
    static String brief(String name, String prefix) {
        return name != null && name.startsWith(prefix)
                ? name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', ' ')
                : name;
    }
}
