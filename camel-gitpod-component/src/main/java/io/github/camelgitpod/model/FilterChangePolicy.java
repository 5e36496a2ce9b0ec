package io.github.camelgitpod.model;

/**
 * What to do when the filter accepts entries that the filter of the stored cursor did not, or the cursor is of another
 * organization or base URL: the option {@code onFilterChange}.
 */
public enum FilterChangePolicy {
    /** Deliver nothing: another filter or base URL fails the start, another organization each poll. */
    fail,
    /** Go on: what is newly included is delivered from the cursor on, and not before it. */
    keep,
    /** Forget the cursor and begin where a consumer without one begins. */
    reset
}
