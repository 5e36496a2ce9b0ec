package io.github.camelgitpod.simulator.stream;

import io.github.camelgitpod.simulator.protocol.ConnectException;
import io.github.camelgitpod.simulator.protocol.EnumNames;
import io.github.camelgitpod.simulator.protocol.RequestMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which events a stream carries.
 *
 * @param environmentId the environment of an environment scope; null for the organization
 * @param filters at least one has to let an event of an organization scope through, if there are any
 */
public record WatchRequest(String environmentId, List<Filter> filters) {

    private static final Set<String> FIELDS = Set.of("organization", "environmentId", "resourceTypeFilters");
    private static final Set<String> FILTER = Set.of("resourceType", "resourceIds", "creatorIds");
    private static final int MAX_FILTERS = 50;

    /**
     * Lets events of one resource type through.
     *
     * @param resourceType the type
     * @param resourceIds only these, if there are any
     * @param creatorIds only resources that these people created, if there are any
     */
    public record Filter(String resourceType, List<String> resourceIds, List<String> creatorIds) {

        boolean admits(Event event) {
            return event.resourceType().equals(resourceType)
                    && (resourceIds.isEmpty() || contains(resourceIds, event.resourceId()))
                    && (creatorIds.isEmpty() || event.isDelete() || contains(creatorIds, event.creatorId()));
        }

        private static boolean contains(List<String> ids, String id) {
            return id != null && ids.contains(id.toLowerCase(Locale.ROOT));
        }
    }

    /**
     * Reads a request.
     *
     * @param body its body; an empty one asks for the organization's events
     * @return the request
     * @throws ConnectException 400 if something in it is wrong
     */
    public static WatchRequest parse(String body) {
        RequestMessage message = RequestMessage.parse(body.isEmpty() ? "{}" : body, FIELDS);
        if (message.has("organization") && message.has("environmentId")) {
            throw ConnectException.invalid("unmarshal message: oneof scope is already set");
        }
        if (message.has("organization") && !message.flag("organization")) {
            throw ConnectException.invalid("organization: value must equal true");
        }
        String environmentId = message.has("environmentId") ? message.uuid("environmentId") : null;
        List<RequestMessage> filters = message.messages("resourceTypeFilters", FILTER);
        if (environmentId != null && !filters.isEmpty()) {
            throw ConnectException.invalid("resource_type_filters: not supported for environment-scoped streams");
        }
        if (filters.size() > MAX_FILTERS) {
            throw ConnectException.invalid(
                    "resource_type_filters: value must contain no more than " + MAX_FILTERS + " item(s)");
        }
        List<Filter> read = new ArrayList<>();
        for (RequestMessage filter : filters) {
            String type = filter.enumValue("resourceType", EnumNames.RESOURCE_TYPES);
            if (type.isEmpty() || type.equals("RESOURCE_TYPE_UNSPECIFIED")) {
                throw ConnectException.invalid(
                        "resource_type_filters.resource_type: value must not be RESOURCE_TYPE_UNSPECIFIED");
            }
            read.add(new Filter(type, filter.uuids("resourceIds"), filter.uuids("creatorIds")));
        }
        return new WatchRequest(environmentId, List.copyOf(read));
    }

    /**
     * Whether the stream carries an event.
     *
     * @param event any event
     * @return true if it does
     */
    public boolean admits(Event event) {
        if (environmentId != null) {
            return event.isOf(environmentId);
        }
        return !event.isInsideAnEnvironment()
                && (filters.isEmpty() || filters.stream().anyMatch(filter -> filter.admits(event)));
    }
}
