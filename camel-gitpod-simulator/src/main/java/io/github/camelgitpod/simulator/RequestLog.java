package io.github.camelgitpod.simulator;

import java.util.List;

/** The requests that the simulator received. */
public final class RequestLog {
    RequestLog() {}

    public List<RecordedRequest> all() {
        throw new UnsupportedOperationException();
    }

    public List<RecordedRequest> of(String method) {
        throw new UnsupportedOperationException();
    }

    public long count(String method) {
        throw new UnsupportedOperationException();
    }

    public long count() {
        throw new UnsupportedOperationException();
    }

    public void clear() {
        throw new UnsupportedOperationException();
    }
}
