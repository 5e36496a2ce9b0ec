/**
 * The server: it takes requests, runs the method that is asked for, and writes the answer, with the trouble that a test has
 * ordered. Internal.
 *
 * <p>It uses {@link io.github.camelgitpod.simulator.protocol} and the values of the simulator's base package. Begin with
 * {@code ServiceHandler}; what trouble does to an answer is {@code Effects}.
 */
package io.github.camelgitpod.simulator.http;
