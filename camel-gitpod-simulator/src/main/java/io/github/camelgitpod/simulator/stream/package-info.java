/**
 * One event stream: what was asked for, and the connection on which the events go out. Internal.
 *
 * <p>It uses {@link io.github.camelgitpod.simulator.http} and {@link io.github.camelgitpod.simulator.protocol}. Begin with
 * {@code StreamConnection}.
 */
package io.github.camelgitpod.simulator.stream;
