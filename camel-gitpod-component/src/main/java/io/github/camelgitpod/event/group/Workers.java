package io.github.camelgitpod.event.group;

import java.util.concurrent.Executor;

/**
 * The threads of a consumer's streams.
 *
 * @param streams one for each stream and a few more
 * @param watch   looks after them
 */
public record Workers(Executor streams, Later watch) {}
