package io.github.camelgitpod.event.recovery;

import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.EventQuery.ResourceTypeFilter;
import io.github.camelgitpod.client.ListedResource;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.model.AuditLogEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What of the server's listings and of its audit log a stream would tell of. Of an environment's stream that is the
 * environment itself: its tasks, task executions and services cannot be listed.
 *
 * @param query  what the stream carries
 * @param inside whether also of what is inside the environments, of which the audit log tells
 */
public record ResourceScope(EventQuery query, boolean inside) {
    public ResourceScope(EventQuery query) {
        this(query, false);
    }

    /** What there is to list. */
    List<ResourceListing> listings() {
        return query.environmentId() != null
                ? List.of(ResourceListing.ENVIRONMENTS)
                : Arrays.stream(ResourceListing.values())
                        .filter(listing -> wants(listing.resourceType()))
                        .toList();
    }

    /** Whether the stream would tell of changes of this resource. */
    boolean admits(ResourceListing listing, ListedResource resource) {
        if (query.environmentId() != null) {
            return query.environmentId().equalsIgnoreCase(resource.id());
        }
        return query.filters().isEmpty()
                || query.filters().stream()
                        .anyMatch(filter -> isOf(filter, listing.resourceType())
                                && admits(filter.resourceIds(), resource.id())
                                && admits(filter.creatorIds(), resource.creatorId()));
    }

    /** The audit log's entries of the scope's resources, and maybe more. */
    AuditLogFilter auditLogFilter() {
        List<String> types = new ArrayList<>(
                listings().stream().map(ResourceListing::resourceType).toList());
        if (inside) {
            types.addAll(EventQuery.INSIDE_ENVIRONMENTS);
        }
        List<String> ids = query.environmentId() != null ? List.of(query.environmentId()) : List.of();
        return new AuditLogFilter(List.of(), List.of(), ids, types);
    }

    /** Whether the entry tells of a resource of the scope; who created the resource, an entry does not say. */
    boolean admits(AuditLogEntry entry) {
        return query.filters().isEmpty()
                || query.filters().stream()
                        .anyMatch(filter ->
                                isOf(filter, entry.subjectType()) && admits(filter.resourceIds(), entry.subjectId()));
    }

    private boolean wants(String resourceType) {
        return query.filters().isEmpty() || query.filters().stream().anyMatch(filter -> isOf(filter, resourceType));
    }

    private static boolean isOf(ResourceTypeFilter filter, String resourceType) {
        return filter.resourceType() == null || filter.resourceType().equals(resourceType);
    }

    private static boolean admits(List<String> wanted, String value) {
        return wanted.isEmpty() || (value != null && wanted.stream().anyMatch(value::equalsIgnoreCase));
    }
}
