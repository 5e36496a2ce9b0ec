package io.github.camelgitpod.simulator.http;

/**
 * Who a token belongs to.
 *
 * @param id the person
 * @param auditLogReader may read the audit log
 * @param seesAll sees resources of others, too
 */
public record Caller(String id, boolean auditLogReader, boolean seesAll) {}
