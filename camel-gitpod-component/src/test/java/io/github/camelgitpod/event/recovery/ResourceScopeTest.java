package io.github.camelgitpod.event.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.EventQuery.ResourceTypeFilter;
import io.github.camelgitpod.client.ListedResource;
import io.github.camelgitpod.client.ResourceListing;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceScopeTest {
    private static final String PROJECT = "RESOURCE_TYPE_PROJECT";
    private static final String ENVIRONMENT = "RESOURCE_TYPE_ENVIRONMENT";

    @Test
    void anOrganizationHasAllListings() {
        ResourceScope scope = new ResourceScope(new EventQuery(null, List.of()));

        assertThat(scope.listings()).containsExactly(ResourceListing.values());
        assertThat(scope.admits(ResourceListing.RUNNERS, resource("any", "anybody")))
                .isTrue();
    }

    @Test
    void aFilterOfTypesListsOnlyThese() {
        ResourceScope scope = filtered(new ResourceTypeFilter(PROJECT, List.of("P1"), List.of("c1")));

        assertThat(scope.listings()).containsExactly(ResourceListing.PROJECTS);
        assertThat(scope.admits(ResourceListing.PROJECTS, resource("p1", "C1"))).isTrue();
        assertThat(scope.admits(ResourceListing.PROJECTS, resource("p2", "C1"))).isFalse();
        assertThat(scope.admits(ResourceListing.PROJECTS, resource("p1", "c2"))).isFalse();
        assertThat(scope.admits(ResourceListing.PROJECTS, resource("p1", null))).isFalse();
        assertThat(scope.admits(ResourceListing.RUNNERS, resource("p1", "c1"))).isFalse();
    }

    @Test
    void aFilterWithoutATypeListsAll() {
        assertThat(filtered(new ResourceTypeFilter(null, List.of("x"), List.of()))
                        .listings())
                .containsExactly(ResourceListing.values());
    }

    @Test
    void anEnvironmentIsAllOfItsScope() {
        ResourceScope scope = new ResourceScope(new EventQuery("env-1", List.of()));

        assertThat(scope.listings()).containsExactly(ResourceListing.ENVIRONMENTS);
        assertThat(scope.admits(ResourceListing.ENVIRONMENTS, resource("ENV-1", null)))
                .isTrue();
        assertThat(scope.admits(ResourceListing.ENVIRONMENTS, resource("env-2", null)))
                .isFalse();
        assertThat(scope.auditLogFilter().subjectIds()).containsExactly("env-1");
        assertThat(scope.auditLogFilter().subjectTypes()).containsExactly(ENVIRONMENT);
    }

    @Test
    void whatIsInsideTheEnvironmentsIsAskedForOnlyWhereItBelongs() {
        EventQuery organization = new EventQuery(null, List.of());

        assertThat(new ResourceScope(organization, false).auditLogFilter().subjectTypes())
                .containsExactlyInAnyOrder("RESOURCE_TYPE_RUNNER", PROJECT, ENVIRONMENT);
        assertThat(new ResourceScope(organization, true).auditLogFilter().subjectTypes())
                .containsAll(EventQuery.INSIDE_ENVIRONMENTS)
                .contains(PROJECT);
        assertThat(new ResourceScope(organization, true).auditLogFilter().subjectIds())
                .isEmpty();
    }

    private static ResourceScope filtered(ResourceTypeFilter filter) {
        return new ResourceScope(new EventQuery(null, List.of(filter)));
    }

    private static ListedResource resource(String id, String creator) {
        return new ListedResource(id, creator, "version");
    }
}
