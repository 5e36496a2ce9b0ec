/**
 * {@code gitpod:auditLogs} as Camel sees it: the consumer, its options, how an entry becomes an exchange, and what JMX
 * shows. Internal, but for what the endpoint makes public.
 *
 * <p>The engine is below, in {@link io.github.camelgitpod.auditlog.reader}: it decides what is delivered, this room delivers
 * it and says how that went. Begin with {@code AuditLogConsumer}.
 */
package io.github.camelgitpod.auditlog;
