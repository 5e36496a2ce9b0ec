/**
 * What has been delivered, what comes next, and when the cursor is saved. Internal. It knows nothing of Camel but the
 * repository in which the cursor is kept, and it alone moves the cursor, after confirmed deliveries.
 *
 * <p>It asks {@link io.github.camelgitpod.auditlog.walk} for entries and {@link io.github.camelgitpod.state} for the cursor.
 * Begin with {@code AuditLogReader.poll}; why nothing is lost is in the documentation, page {@code src-docs/modules/ROOT/pages/delivery.adoc}.
 */
package io.github.camelgitpod.auditlog.reader;
