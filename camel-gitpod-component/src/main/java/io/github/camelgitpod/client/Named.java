package io.github.camelgitpod.client;

/**
 * Somebody or something with a name.
 *
 * @param id    a UUID; never null
 * @param name  null: none
 * @param email null: none, as of everything but people
 */
public record Named(String id, String name, String email) {

    /** Without the name: it is for messages that a route makes, and for nothing else. */
    @Override
    public String toString() {
        return "Named[" + id + "]";
    }
}
