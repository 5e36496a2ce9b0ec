package io.github.camelgitpod.client;

import java.util.List;

/**
 * Which events a stream shall carry.
 *
 * @param environmentId the environment whose own events, tasks, task executions and services are wanted; null: the
 *                      organization's projects, runners and environments
 * @param filters       of the organization scope: events that match any of them; empty: all
 */
public record EventQuery(String environmentId, List<ResourceTypeFilter> filters) {
    /** Types that only an environment's own stream carries, never the organization's. */
    public static final List<String> INSIDE_ENVIRONMENTS =
            List.of("RESOURCE_TYPE_TASK", "RESOURCE_TYPE_TASK_EXECUTION", "RESOURCE_TYPE_SERVICE");

    public EventQuery {
        filters = List.copyOf(filters);
    }

    /** Names this query in the keys of stored state, so it stays as it is: with another text, the state is not found. */
    public String sourceText() {
        List<String> texts =
                filters.stream().map(ResourceTypeFilter::sourceText).toList();
        return "EventQuery[environmentId=" + environmentId + ", filters=" + texts + "]";
    }

    /**
     * Events of one resource type.
     *
     * @param resourceType in full; null: every type
     * @param resourceIds  only of these resources; empty: all
     * @param creatorIds   only of resources that these users created; empty: all. Does not apply to deletions
     */
    public record ResourceTypeFilter(String resourceType, List<String> resourceIds, List<String> creatorIds) {

        public ResourceTypeFilter {
            resourceIds = List.copyOf(resourceIds);
            creatorIds = List.copyOf(creatorIds);
        }

        private String sourceText() {
            return "ResourceTypeFilter[resourceType=" + resourceType + ", resourceIds=" + resourceIds + ", creatorIds="
                    + creatorIds + "]";
        }
    }
}
