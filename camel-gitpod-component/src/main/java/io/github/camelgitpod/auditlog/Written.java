package io.github.camelgitpod.auditlog;

/**
 * A value as a user has written it.
 *
 * @param name      where, for messages
 * @param text      null: nowhere
 * @param ofMessage whether it comes with each message anew
 */
record Written(String name, String text, boolean ofMessage) {

    /** One of the endpoint. */
    static Written option(String name, String text) {
        return new Written(name, text, false);
    }
}
