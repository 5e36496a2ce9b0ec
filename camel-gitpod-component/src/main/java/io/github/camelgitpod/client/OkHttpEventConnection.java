package io.github.camelgitpod.client;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

/** An event stream over OkHttp. */
final class OkHttpEventConnection implements EventConnection {
    private final ApiTransport.OpenResponse answer;

    OkHttpEventConnection(ApiTransport.OpenResponse answer, int maxLineBytes, InstantSource clock) {
        this.answer = answer;
    }

    @Override
    public StreamLine read() throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Instant lastByteAt() {
        return Instant.EPOCH;
    }

    @Override
    public void close() {
        answer.close();
    }
}
