package io.github.camelgitpod.simulator;

/** Which generation of Gitpod's server the simulator plays: they differ in what they make of time bounds and sorting. */
public enum ServerKind {
    /** Knows time bounds, sorting and {@code GetAuditLog}. */
    MODERN,
    /** Answers 400 to {@code from}, {@code to} and {@code sort}; lists newest first. */
    LEGACY_REJECTS,
    /** Accepts {@code from}, {@code to} and {@code sort} and takes no notice of them; lists newest first. */
    LEGACY_IGNORES,
    /** As {@link #MODERN}, but takes no notice of {@code to}. */
    LEGACY_IGNORES_TO
}
