package io.github.camelgitpod.client;

import java.time.Instant;

/**
 * One request for a page of audit-log entries.
 *
 * @param filter    which entries; never null
 * @param from      the oldest {@code createdAt} wanted, inclusive; null: no bound
 * @param to        the newest one, exclusive; null: no bound
 * @param order     how the page is sorted by {@code createdAt}; null: as the server likes, which is newest first
 * @param pageSize  1 to {@link ServerLimits#PAGE_SIZE}
 * @param token     the {@code nextToken} of the page before, of the same filter, bounds and order; null: the first page
 */
public record AuditLogQuery(AuditLogFilter filter, Instant from, Instant to, Order order, int pageSize, String token) {

    /** The service's method that takes it. */
    public static final String METHOD = "EventService/ListAuditLogs";

    /** By {@code createdAt}; newest first need not be asked for. */
    public enum Order {
        ASCENDING
    }

    /** The same request for another page of it. */
    public AuditLogQuery withToken(String nextToken) {
        return new AuditLogQuery(filter, from, to, order, pageSize, nextToken);
    }
}
