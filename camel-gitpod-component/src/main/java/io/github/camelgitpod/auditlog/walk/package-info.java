/**
 * In which order the server is asked for the entries of a time range: forward by pages, by several requests merged, ahead
 * in parallel, or newest first on an older server. Internal. It knows nothing of Camel and nothing of the cursor: a walk hands
 * out entries, and may hand one out twice.
 *
 * <p>It uses {@link io.github.camelgitpod.client} and {@link io.github.camelgitpod.model}. Begin with {@code Walk}, then
 * {@code Walks}, which chooses.
 */
package io.github.camelgitpod.auditlog.walk;
