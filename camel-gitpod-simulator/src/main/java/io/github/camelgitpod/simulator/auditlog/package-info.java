/**
 * The entries of the audit log, and the requests that list them: filters, order, page tokens. Internal.
 *
 * <p>It uses {@link io.github.camelgitpod.simulator.protocol} and the values of the simulator's base package. Begin with
 * {@code AuditLogRequest}, then {@code EntryIndex}.
 */
package io.github.camelgitpod.simulator.auditlog;
