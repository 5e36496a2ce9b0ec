/**
 * The streams of one consumer, and the one thread that delivers what they receive, in order. Internal, without Camel.
 *
 * <p>It uses {@link io.github.camelgitpod.event.stream}, {@link io.github.camelgitpod.event.recovery} and, for positions,
 * {@link io.github.camelgitpod.state}. Begin with {@code ConsumerStreams}, then {@code DeliveryLoop}.
 */
package io.github.camelgitpod.event.group;
