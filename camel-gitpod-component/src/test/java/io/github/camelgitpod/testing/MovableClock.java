package io.github.camelgitpod.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A server's clock that stands still until it is moved, in either direction. */
public final class MovableClock implements InstantSource {
    private volatile Instant now;

    public MovableClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void move(Duration by) {
        now = now.plus(by);
    }
}
