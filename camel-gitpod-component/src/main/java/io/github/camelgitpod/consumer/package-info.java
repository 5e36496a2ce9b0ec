/**
 * What the consumers of both resources share: where they keep their state, how an exchange is sent, and how their health and
 * figures become visible to Camel. Internal.
 *
 * <p>It uses {@link io.github.camelgitpod.state}, {@link io.github.camelgitpod.health}, {@link io.github.camelgitpod.meter}
 * and the words of the base package. Begin with {@code ConsumerState}, then {@code ExchangeSender} and {@code Visibility}.
 */
package io.github.camelgitpod.consumer;
