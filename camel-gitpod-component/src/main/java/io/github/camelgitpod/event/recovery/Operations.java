package io.github.camelgitpod.event.recovery;

/** What can have happened to a resource, in the protocol's words. */
public final class Operations {
    public static final String CREATE = "RESOURCE_OPERATION_CREATE";
    static final String UPDATE = "RESOURCE_OPERATION_UPDATE";
    static final String UPDATE_STATUS = "RESOURCE_OPERATION_UPDATE_STATUS";
    public static final String DELETE = "RESOURCE_OPERATION_DELETE";

    private Operations() {}
}
