package io.github.camelgitpod.model;

/** What to do when the filter accepts entries that the filter of the stored cursor did not: the option {@code onFilterChange}. */
public enum FilterChangePolicy {
    /** Refuse to start. */
    fail,
    /** Go on: what the filter newly includes is delivered from the cursor on, and not before it. */
    keep,
    /** Forget the cursor and begin where a consumer without one begins. */
    reset
}
