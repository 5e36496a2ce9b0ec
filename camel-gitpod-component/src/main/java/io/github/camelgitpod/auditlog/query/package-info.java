/**
 * What is asked of the audit log besides reading it in order: the details of an entry. Internal. It knows nothing of Camel and
 * nothing of the cursor.
 *
 * <p>It uses {@link io.github.camelgitpod.client} and {@link io.github.camelgitpod.model}. Begin with {@code EntryDetails}.
 */
package io.github.camelgitpod.auditlog.query;
