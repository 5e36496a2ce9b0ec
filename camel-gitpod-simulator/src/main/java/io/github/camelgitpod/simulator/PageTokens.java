package io.github.camelgitpod.simulator;

/** How a page token of the audit log remembers where the next page begins. */
public enum PageTokens {
    /** Time and id of the last entry: nothing is skipped or repeated, whatever becomes visible meanwhile. */
    KEYSET_ID,
    /** The number of entries already listed: what becomes visible before that place shifts the pages. */
    OFFSET,
    /** As {@link #OFFSET}, and entries of the same {@code createdAt} change their order from request to request. */
    OFFSET_UNSTABLE_TIES,
    /** The time of the last entry only: the rest of a run of equal times that crosses a page's end is skipped. */
    SKIPS_TIES
}
