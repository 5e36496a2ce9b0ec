/**
 * {@code gitpod:auditLogs} as Camel sees it: the consumer and the producer, their options, how an entry becomes an
 * exchange, and what health and JMX show. Internal, but for what the endpoint makes public.
 *
 * <p>The engine is below, in {@link io.github.camelgitpod.auditlog.reader}: it decides what is delivered, this room delivers
 * it and says how that went. What is asked on demand is in {@link io.github.camelgitpod.auditlog.query}. Begin with
 * {@code AuditLogConsumer}, then {@code AuditLogProducer}.
 */
package io.github.camelgitpod.auditlog;
