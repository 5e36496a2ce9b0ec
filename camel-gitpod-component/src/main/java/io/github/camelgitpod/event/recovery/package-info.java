/**
 * What can be found out about a gap: what the server lists now, and what its audit log says. Internal, without Camel.
 *
 * <p>It reads the audit log through {@link io.github.camelgitpod.auditlog.reader}, and remembers resources and entries in
 * {@link io.github.camelgitpod.state}. Begin with {@code GapRecovery}.
 */
package io.github.camelgitpod.event.recovery;
