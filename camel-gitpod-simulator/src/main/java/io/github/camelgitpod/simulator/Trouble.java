package io.github.camelgitpod.simulator;

/** Scripted misbehaviour. */
public final class Trouble {
    Trouble() {}

    public TroubleRule on(String method) {
        throw new UnsupportedOperationException();
    }

    public void clear() {
        throw new UnsupportedOperationException();
    }
}
