package io.github.camelgitpod.simulator;

import java.time.Instant;

/**
 * An event line that was written in full to a stream.
 *
 * @param connection number of the stream, from 1, in the order in which they were opened
 * @param line the line as sent, without its line end
 * @param time when it was handed to the socket, by the simulator's clock
 */
public record Delivered(long connection, String line, Instant time) {}
