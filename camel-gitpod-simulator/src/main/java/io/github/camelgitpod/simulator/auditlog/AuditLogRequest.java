package io.github.camelgitpod.simulator.auditlog;

import io.github.camelgitpod.simulator.ServerKind;
import io.github.camelgitpod.simulator.protocol.ConnectException;
import io.github.camelgitpod.simulator.protocol.EnumNames;
import io.github.camelgitpod.simulator.protocol.Paging;
import io.github.camelgitpod.simulator.protocol.RequestMessage;
import java.util.Set;

/**
 * A ListAuditLogs request, checked as the kind of server does.
 *
 * @param query what to list
 * @param paging which page of it
 */
public record AuditLogRequest(AuditLogQuery query, Paging paging) {

    private static final Set<String> FIELDS = Set.of("filter", "pagination", "sort");
    private static final Set<String> FILTER =
            Set.of("actorIds", "actorPrincipals", "subjectIds", "subjectTypes", "from", "to");
    private static final Set<String> SORT = Set.of("field", "order");

    /**
     * Reads a request.
     *
     * @param body its body
     * @param queryString its query string; nullable
     * @param kind which generation of server reads it
     * @return the request
     * @throws ConnectException 400 if something in it is wrong
     */
    public static AuditLogRequest parse(String body, String queryString, ServerKind kind) {
        RequestMessage message = RequestMessage.parse(body, FIELDS);
        RequestMessage filter = message.message("filter", FILTER);
        RequestMessage sort = message.message("sort", SORT);
        Paging paging = Paging.of(message, queryString);
        if (kind == ServerKind.LEGACY_REJECTS) {
            refuse(filter, "from");
            refuse(filter, "to");
            refuse(message, "sort");
        }
        boolean old = kind == ServerKind.LEGACY_REJECTS || kind == ServerKind.LEGACY_IGNORES;
        String field = old ? "" : sort.text("field");
        if (!field.isEmpty() && !field.equals("createdAt")) {
            throw ConnectException.invalid("sort.field: unsupported sort field, supported: createdAt");
        }
        String order = old ? "" : sort.enumValue("order", EnumNames.SORT_ORDERS);
        AuditLogQuery query = new AuditLogQuery(
                filter.uuids("actorIds"),
                filter.enumValues("actorPrincipals", EnumNames.PRINCIPALS),
                filter.uuids("subjectIds"),
                filter.enumValues("subjectTypes", EnumNames.RESOURCE_TYPES),
                old ? null : filter.timestamp("from"),
                old || kind == ServerKind.LEGACY_IGNORES_TO ? null : filter.timestamp("to"),
                order.equals("SORT_ORDER_ASC"));
        return new AuditLogRequest(query, paging);
    }

    private static void refuse(RequestMessage message, String field) {
        if (message.has(field)) {
            throw ConnectException.invalid("unmarshal message: unknown field \"" + field + "\"");
        }
    }
}
