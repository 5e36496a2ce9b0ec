package io.github.camelgitpod.event.group;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The threads of a consumer's streams.
 *
 * @param streams one for each stream and a few more
 * @param watch   one that looks after them
 */
public record Workers(Executor streams, ScheduledExecutorService watch) {}
