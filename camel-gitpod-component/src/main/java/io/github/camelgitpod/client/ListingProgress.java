package io.github.camelgitpod.client;

/**
 * Counts the answers of a listing that bring it no further. A broken server can give page after page, each with a token for
 * one more: all empty, or with what was there before.
 */
public final class ListingProgress {
    /**
     * Pages without news are legal: a server may leave out of a page what a filter, or the owner's rights, do not let pass.
     * So many full pages are 100,000 resources or entries, of which not one would have passed.
     */
    public static final int MOST_IN_VAIN = 1_000;

    private final String method;
    private int inVain;

    /** @param method the service's method that lists, for people */
    public ListingProgress(String method) {
        this.method = method;
    }

    /**
     * An answer has come that is not the last one.
     *
     * @param size how many it lists
     * @param news whether any of it, or its time, is new to this listing
     * @throws ListingGivenUpException when there were too many in a row without news
     */
    public void answered(int size, boolean news) throws ListingGivenUpException {
        inVain = news ? 0 : inVain + 1;
        if (inVain == MOST_IN_VAIN) {
            throw new ListingGivenUpException("No progress: " + MOST_IN_VAIN + " answers of " + method
                    + " in a row had nothing new, the last one " + size + " entries and a token for another page");
        }
    }
}
