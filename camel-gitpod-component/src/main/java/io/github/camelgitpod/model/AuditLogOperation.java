package io.github.camelgitpod.model;

/** What a producer of {@code gitpod:auditLogs} asks for: the option {@code operation}. */
public enum AuditLogOperation {
    /** The entries that pass a filter, as an {@link AuditLogListing}. */
    list,
    /** One entry with its details. */
    get
}
