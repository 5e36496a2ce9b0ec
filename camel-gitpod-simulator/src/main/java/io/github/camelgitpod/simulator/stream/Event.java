package io.github.camelgitpod.simulator.stream;

import io.github.camelgitpod.simulator.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A change of a resource.
 *
 * @param operation such as {@code RESOURCE_OPERATION_CREATE}
 * @param resourceType such as {@code RESOURCE_TYPE_ENVIRONMENT}
 * @param resourceId the resource
 * @param creatorId who created the resource; null if unknown
 * @param environmentId the environment that it belongs to; nullable
 */
public record Event(String operation, String resourceType, String resourceId, String creatorId, String environmentId) {

    static final String ENVIRONMENT = "RESOURCE_TYPE_ENVIRONMENT";
    private static final Set<String> INSIDE_AN_ENVIRONMENT =
            Set.of("RESOURCE_TYPE_TASK", "RESOURCE_TYPE_TASK_EXECUTION", "RESOURCE_TYPE_SERVICE");

    /**
     * Its line.
     *
     * @return JSON without a line end
     */
    public byte[] json() {
        return ("{\"operation\":" + Json.quote(operation) + ",\"resourceType\":" + Json.quote(resourceType)
                        + ",\"resourceId\":" + Json.quote(resourceId) + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    boolean isInsideAnEnvironment() {
        return INSIDE_AN_ENVIRONMENT.contains(resourceType);
    }

    boolean isOf(String environment) {
        return environment.equalsIgnoreCase(environmentId)
                || ENVIRONMENT.equals(resourceType) && environment.equalsIgnoreCase(resourceId);
    }

    boolean isDelete() {
        return operation.equals("RESOURCE_OPERATION_DELETE");
    }
}
