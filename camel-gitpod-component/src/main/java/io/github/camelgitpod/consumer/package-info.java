/**
 * What the consumers of both resources share: where they keep their state, and how messages get their headers. Internal.
 *
 * <p>It uses {@link io.github.camelgitpod.state} and the words of the base package. Begin with {@code ConsumerState}, then
 * {@code ExchangeSender}.
 */
package io.github.camelgitpod.consumer;
