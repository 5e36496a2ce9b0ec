package io.github.camelgitpod.model;

/** In which order a producer lists entries, by creation time: the option {@code sort}. */
public enum AuditLogSort {
    /** Newest first. */
    desc,
    /** Oldest first. */
    asc
}
