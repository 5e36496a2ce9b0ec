package io.github.camelgitpod.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.EventQuery.ResourceTypeFilter;
import io.github.camelgitpod.client.ServerLimits;
import io.github.camelgitpod.option.CommaList;
import io.github.camelgitpod.option.EnumNames;
import io.github.camelgitpod.option.KnownValues;
import io.github.camelgitpod.option.OptionErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The filters of an event stream, from either form of the options; held to the limits of current servers. */
final class ResourceTypeFilters {
    private static final String FULL_FORM = "resourceTypeFilters";
    private static final Set<String> FIELDS = Set.of("resourceType", "resourceIds", "creatorIds");
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final EventConfiguration options;

    ResourceTypeFilters(EventConfiguration options) {
        this.options = options;
    }

    /** @throws IllegalArgumentException naming the option, its value and what is allowed */
    List<ResourceTypeFilter> toList() {
        refuseInEnvironmentScope("resourceTypes", options.getResourceTypes());
        refuseInEnvironmentScope("resourceIds", options.getResourceIds());
        refuseInEnvironmentScope("creatorIds", options.getCreatorIds());
        refuseInEnvironmentScope(FULL_FORM, options.getResourceTypeFilters());
        List<ResourceTypeFilter> filters = fromLists();
        if (isSet(options.getResourceTypeFilters())) {
            if (!filters.isEmpty()) {
                throw OptionErrors.wrong(
                        FULL_FORM,
                        options.getResourceTypeFilters(),
                        "is the full form of resourceTypes, resourceIds and creatorIds",
                        "one form");
            }
            filters = fromJson(options.getResourceTypeFilters());
        }
        return filters;
    }

    private void refuseInEnvironmentScope(String option, String value) {
        if (isSet(value) && isSet(options.getEnvironmentId())) {
            throw OptionErrors.wrong(
                    option,
                    value,
                    "is for the organization scope only",
                    "no filter but operations together with environmentId");
        }
    }

    private List<ResourceTypeFilter> fromLists() {
        List<String> types = types("resourceTypes", options.getResourceTypes());
        List<String> resourceIds = ids("resourceIds", options.getResourceIds());
        List<String> creatorIds = ids("creatorIds", options.getCreatorIds());
        if (types.isEmpty() && resourceIds.isEmpty() && creatorIds.isEmpty()) {
            return List.of();
        }
        return (types.isEmpty() ? types("resourceTypes", KnownValues.CARRIED_TYPES) : types)
                .stream()
                        .map(type -> new ResourceTypeFilter(type, resourceIds, creatorIds))
                        .toList();
    }

    private static List<ResourceTypeFilter> fromJson(String value) {
        JsonNode array;
        try {
            array = MAPPER.readTree(value);
        } catch (JsonProcessingException e) {
            throw wrong("value " + value + ", which is not JSON");
        }
        if (!array.isArray() || array.isEmpty() || array.size() > ServerLimits.RESOURCE_TYPE_FILTERS) {
            throw wrong(array.isArray() ? array.size() + " filters" : "value " + value);
        }
        List<ResourceTypeFilter> filters = new ArrayList<>();
        array.forEach(filter -> filters.add(filter(filter)));
        return filters;
    }

    private static ResourceTypeFilter filter(JsonNode filter) {
        filter.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw wrong("unknown field " + field);
            }
        });
        if (!filter.path("resourceType").isTextual()) {
            throw wrong("filter without a resourceType: " + filter);
        }
        List<String> types = types(FULL_FORM, filter.get("resourceType").textValue());
        if (types.size() != 1) {
            throw wrong("filter with several types, or none: " + filter);
        }
        return new ResourceTypeFilter(types.get(0), ids(filter, "resourceIds"), ids(filter, "creatorIds"));
    }

    private static List<String> ids(JsonNode filter, String field) {
        JsonNode array = filter.path(field);
        if (array.isMissingNode()) {
            return List.of();
        }
        List<String> ids = new ArrayList<>();
        array.forEach(id -> ids.add(id.isTextual() ? id.textValue() : ""));
        if (!array.isArray() || ids.contains("")) {
            throw wrong(field + " that is not an array of texts: " + array);
        }
        return ids.isEmpty() ? List.of() : ids(FULL_FORM, String.join(",", ids));
    }

    private static List<String> types(String option, String value) {
        List<String> types =
                EnumNames.RESOURCE_TYPE.parse(option, value).stream().distinct().toList();
        for (String type : types) {
            if (EventQuery.INSIDE_ENVIRONMENTS.contains(type)) {
                throw OptionErrors.withoutValue(
                        option,
                        "has the value " + type + ", which the organization scope never carries",
                        KnownValues.CARRIED_TYPES
                                + ", or use environmentId to watch the tasks and services of one environment");
            }
        }
        return types;
    }

    private static List<String> ids(String option, String value) {
        List<String> ids = CommaList.uuids(option, value);
        if (ids.size() > ServerLimits.FILTER_VALUES) {
            throw OptionErrors.withoutValue(
                    option,
                    "has " + ids.size() + " ids: " + value,
                    "at most " + ServerLimits.FILTER_VALUES + " in one filter");
        }
        return ids;
    }

    private static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }

    private static IllegalArgumentException wrong(String what) {
        return OptionErrors.withoutValue(
                FULL_FORM,
                "has " + what,
                "a JSON array of 1 to " + ServerLimits.RESOURCE_TYPE_FILTERS
                        + " objects with resourceType, and optionally resourceIds and creatorIds (arrays of at most "
                        + ServerLimits.FILTER_VALUES + " UUIDs)");
    }
}
