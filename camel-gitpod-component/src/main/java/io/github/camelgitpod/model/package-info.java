/**
 * What a route holds in its hands: an audit-log entry, a batch of them, an event, a gap, and their JSON as the server
 * sent it; and the choices that an option offers. Immutable.
 *
 * <p>It uses nothing else of the component and nothing of Camel, and all of it is public for users. Begin with
 * {@link io.github.camelgitpod.model.AuditLogEntry} and {@link io.github.camelgitpod.model.JsonText}.
 */
package io.github.camelgitpod.model;
