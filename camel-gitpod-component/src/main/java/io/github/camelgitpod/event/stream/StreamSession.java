package io.github.camelgitpod.event.stream;

import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.model.GapReasons;

/** A stream from the moment it is opened until it is stopped. */
final class StreamSession {
    final GitpodClient client;
    final Pause pause = new Pause();
    volatile String stopReason = GapReasons.RESTART;

    StreamSession(GitpodClient client) {
        this.client = client;
    }

    /** Whether this thread is to go on. */
    boolean isOpen() {
        return !pause.isEnded() && !Thread.currentThread().isInterrupted();
    }
}
