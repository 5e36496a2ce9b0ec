package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.model.GapReasons;

/** A stream from the moment it is opened until it is stopped. */
final class StreamSession {
    final GitpodClient client;
    final Pause pause = new Pause();
    private volatile String stopReason = GapReasons.RESTART;

    StreamSession(GitpodClient client) {
        this.client = client;
    }

    /** @param reason of the gap that begins then */
    void end(String reason) {
        stopReason = reason;
        pause.end();
    }

    String stopReason() {
        return stopReason;
    }

    /** Whether this thread is to go on. */
    boolean isOpen() {
        return !pause.isEnded() && !Thread.currentThread().isInterrupted();
    }
}
