/**
 * States in a topic of Kafka. {@link io.github.camelgitpod.state.kafka.KafkaStateRepository} is public for users, the rest
 * is internal. It alone needs {@code kafka-clients}, which the application brings. {@code StateTopic} makes the topic,
 * {@code StateLog} reads it, {@code FencedState} writes it. Begin with {@code FencedState}, which says why a consumer that
 * was overtaken cannot save.
 */
package io.github.camelgitpod.state.kafka;
