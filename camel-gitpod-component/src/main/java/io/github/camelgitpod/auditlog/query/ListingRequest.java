package io.github.camelgitpod.auditlog.query;

import io.github.camelgitpod.auditlog.reader.StartPosition;
import io.github.camelgitpod.client.AuditLogFilter;
import java.time.Instant;

/**
 * Which entries are listed, and in which order.
 *
 * @param filter      which
 * @param from        not older than this; null: no bound
 * @param to          older than this; null: no bound
 * @param newestFirst else oldest first
 * @param limit       no more than so many that pass the filter; 0: all
 */
public record ListingRequest(AuditLogFilter filter, StartPosition from, Instant to, boolean newestFirst, int limit) {}
