/**
 * The life of a simulated organization: who does what next, and which entries and events that makes. Internal.
 *
 * <p>It uses {@link io.github.camelgitpod.simulator.stream} for the events, {@link io.github.camelgitpod.simulator.protocol} and
 * the values of the simulator's base package. Begin with {@code Life}; what it tells goes to a {@code Story}.
 */
package io.github.camelgitpod.simulator.life;
