package io.github.camelgitpod.simulator;

import java.util.List;

/** The open event streams. */
public final class EventStreams {
    EventStreams() {}

    public void publish(String operation, String resourceType, String resourceId) {
        throw new UnsupportedOperationException();
    }

    public void publish(
            String operation, String resourceType, String resourceId, String creatorId, String environmentId) {
        throw new UnsupportedOperationException();
    }

    public void publishRaw(byte[] bytes) {
        throw new UnsupportedOperationException();
    }

    public int open() {
        throw new UnsupportedOperationException();
    }

    public long opened() {
        throw new UnsupportedOperationException();
    }

    public List<Delivered> log() {
        throw new UnsupportedOperationException();
    }

    public void logging(boolean on) {
        throw new UnsupportedOperationException();
    }

    public void clearLog() {
        throw new UnsupportedOperationException();
    }

    public void endAll() {
        throw new UnsupportedOperationException();
    }

    public void cutAll() {
        throw new UnsupportedOperationException();
    }

    public void resetAll() {
        throw new UnsupportedOperationException();
    }

    public void silence(boolean silent) {
        throw new UnsupportedOperationException();
    }
}
