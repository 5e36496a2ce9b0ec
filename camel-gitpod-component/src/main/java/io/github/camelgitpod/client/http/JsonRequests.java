package io.github.camelgitpod.client.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.ServerLimits;
import java.util.List;

/** The requests' bodies; what is not set is left out. */
final class JsonRequests {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonRequests() {}

    static String listAuditLogs(AuditLogQuery query) {
        ObjectNode request = MAPPER.createObjectNode();
        ObjectNode filter = MAPPER.createObjectNode();
        putAll(filter, "actorIds", query.filter().actorIds());
        putAll(filter, "actorPrincipals", query.filter().actorPrincipals());
        putAll(filter, "subjectIds", query.filter().subjectIds());
        putAll(filter, "subjectTypes", query.filter().subjectTypes());
        if (query.from() != null) {
            filter.put("from", query.from().toString());
        }
        if (query.to() != null) {
            filter.put("to", query.to().toString());
        }
        if (!filter.isEmpty()) {
            request.set("filter", filter);
        }
        ObjectNode pagination = request.putObject("pagination").put("pageSize", query.pageSize());
        if (query.token() != null) {
            pagination.put("token", query.token());
        }
        if (query.order() == AuditLogQuery.Order.ASCENDING) {
            request.putObject("sort").put("field", "createdAt").put("order", "SORT_ORDER_ASC");
        }
        return request.toString();
    }

    static String getAuditLog(String entryId) {
        return MAPPER.createObjectNode().put("auditLogEntryId", entryId).toString();
    }

    /** @param token null: the first page */
    static String listResources(String token) {
        return paged(MAPPER.createObjectNode(), token);
    }

    /**
     * @param organizationId null: none has to be named
     * @param token          null: the first page
     */
    static String listNames(String organizationId, String token) {
        ObjectNode request = MAPPER.createObjectNode();
        if (organizationId != null) {
            request.put("organizationId", organizationId);
        }
        return paged(request, token);
    }

    private static String paged(ObjectNode request, String token) {
        ObjectNode pagination = request.putObject("pagination").put("pageSize", ServerLimits.PAGE_SIZE);
        if (token != null) {
            pagination.put("token", token);
        }
        return request.toString();
    }

    static String watchEvents(EventQuery query) {
        ObjectNode request = MAPPER.createObjectNode();
        if (query.environmentId() != null) {
            request.put("environmentId", query.environmentId());
        } else {
            request.put("organization", true);
        }
        if (!query.filters().isEmpty()) {
            ArrayNode filters = request.putArray("resourceTypeFilters");
            for (EventQuery.ResourceTypeFilter filter : query.filters()) {
                ObjectNode item = filters.addObject();
                if (filter.resourceType() != null) {
                    item.put("resourceType", filter.resourceType());
                }
                putAll(item, "resourceIds", filter.resourceIds());
                putAll(item, "creatorIds", filter.creatorIds());
            }
        }
        return request.toString();
    }

    private static void putAll(ObjectNode target, String field, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode array = target.putArray(field);
            values.forEach(array::add);
        }
    }
}
