package io.github.camelgitpod;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A server's clock that stands still until it is moved, in either direction. */
final class MovableClock implements InstantSource {
    private volatile Instant now;

    MovableClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    void move(Duration by) {
        now = now.plus(by);
    }
}
