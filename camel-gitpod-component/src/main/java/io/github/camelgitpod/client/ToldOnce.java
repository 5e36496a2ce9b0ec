package io.github.camelgitpod.client;

/**
 * Whether people know of something that lasts: they are told when it begins, and not again until it is over. For one thread at
 * a time.
 */
public final class ToldOnce {
    private boolean told;

    /** It lasts; true: tell it now. */
    public boolean begins() {
        boolean first = !told;
        told = true;
        return first;
    }

    /** It is over, or was never there; true: it was told, so its end can be told too. */
    public boolean ends() {
        boolean was = told;
        told = false;
        return was;
    }
}
