package io.github.camelgitpod.client;

/** The most that current servers take in one request. */
public final class ServerLimits {
    /** Of entries or resources in a page. */
    public static final int PAGE_SIZE = 100;

    /** Of values in one list of a filter. */
    public static final int FILTER_VALUES = 25;

    /** Of filters by resource type for one stream. */
    public static final int RESOURCE_TYPE_FILTERS = 50;

    private ServerLimits() {}
}
