package io.github.camelgitpod.state;

import io.github.camelgitpod.client.AuditLogFilter;
import java.time.Instant;

/**
 * What is kept of an audit-log cursor between two processes.
 *
 * @param watermark everything created before it has been delivered
 * @param delivered the keys of entries delivered that were created at it or later; a save notes in it what is stored where
 * @param filter    the filter that the cursor was made with
 * @param server    what the server was found to be, such as MODERN; null: it was not known
 * @param origin    whose entries these are
 * @param coverage  what of the log was delivered; null: not known, as in what earlier versions stored
 */
public record CursorState(
        Instant watermark,
        DeliveredIds delivered,
        AuditLogFilter filter,
        String server,
        Origin origin,
        CoverageState coverage) {}
