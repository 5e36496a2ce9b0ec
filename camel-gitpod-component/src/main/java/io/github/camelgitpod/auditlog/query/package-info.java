/**
 * What is asked of the audit log besides reading it in order: listings on demand, the details of an entry, and names. Internal. It knows nothing of Camel and
 * nothing of the cursor.
 *
 * <p>It asks {@link io.github.camelgitpod.auditlog.walk} for pages, and {@link io.github.camelgitpod.client} for entries. Begin with {@code AuditLogLister}, then
 * {@code EntryDetails} and {@code NameDirectory}.
 */
package io.github.camelgitpod.auditlog.query;
