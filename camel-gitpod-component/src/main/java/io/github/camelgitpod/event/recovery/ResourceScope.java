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
 * Which resources of the server's listings, and which entries of its audit log, belong to a stream. For the stream of an
 * environment that is only the environment itself: its tasks, task executions and services cannot be listed.
 *
 * @param query  what the stream carries
 * @param inside whether entries about what is inside the environments belong to it too
 */
public record ResourceScope(EventQuery query, boolean inside) {
    public ResourceScope(EventQuery query) {
        this(query, false);
    }

    /** What has to be listed. */
    List<ResourceListing> listings() {
        return query.environmentId() != null
                ? List.of(ResourceListing.ENVIRONMENTS)
                : Arrays.stream(ResourceListing.values())
                        .filter(listing -> wants(listing.resourceType()))
                        .toList();
    }

    /** Whether the stream carries changes of this resource. */
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

    /** Lets through the audit log's entries about the scope's resources, and maybe more. */
    AuditLogFilter auditLogFilter() {
        List<String> types = new ArrayList<>(
                listings().stream().map(ResourceListing::resourceType).toList());
        if (inside) {
            types.addAll(EventQuery.INSIDE_ENVIRONMENTS);
        }
        List<String> ids = query.environmentId() != null ? List.of(query.environmentId()) : List.of();
        return new AuditLogFilter(List.of(), List.of(), ids, types);
    }

    /** Whether the entry is about a resource of the scope. An entry does not say who created the resource. */
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
