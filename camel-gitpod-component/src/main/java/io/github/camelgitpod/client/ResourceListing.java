package io.github.camelgitpod.client;

import java.util.Arrays;
import java.util.Optional;

/** The types of resources that the server can list: those that an organization's event stream reports. */
public enum ResourceListing {
    RUNNERS("RESOURCE_TYPE_RUNNER", "RunnerService/ListRunners", "runners"),
    PROJECTS("RESOURCE_TYPE_PROJECT", "ProjectService/ListProjects", "projects"),
    ENVIRONMENTS("RESOURCE_TYPE_ENVIRONMENT", "EnvironmentService/ListEnvironments", "environments");

    private final String resourceType;
    private final String method;
    private final String field;

    ResourceListing(String resourceType, String method, String field) {
        this.resourceType = resourceType;
        this.method = method;
        this.field = field;
    }

    /** The type as events name it, such as {@code RESOURCE_TYPE_ENVIRONMENT}. */
    public String resourceType() {
        return resourceType;
    }

    /** The listing of a type; empty: it cannot be listed, or is null. */
    public static Optional<ResourceListing> of(String resourceType) {
        return Arrays.stream(values())
                .filter(listing -> listing.resourceType.equals(resourceType))
                .findFirst();
    }

    /** The service's method. */
    public String method() {
        return method;
    }

    /** The field of an answer that has the resources. */
    public String field() {
        return field;
    }
}
