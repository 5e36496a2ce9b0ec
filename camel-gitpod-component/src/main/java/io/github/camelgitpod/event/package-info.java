/**
 * {@code gitpod:events} as Camel sees it: the consumer, its options, how an event or a gap becomes an exchange, its health,
 * and what the log and JMX say. Internal, but for what the endpoint makes public.
 *
 * <p>The engine is below: {@link io.github.camelgitpod.event.group} holds the streams of one consumer and delivers,
 * {@link io.github.camelgitpod.event.stream} holds one of them open, {@link io.github.camelgitpod.event.recovery} finds out
 * what a gap hid. Begin with {@code EventConsumer}.
 */
package io.github.camelgitpod.event;
