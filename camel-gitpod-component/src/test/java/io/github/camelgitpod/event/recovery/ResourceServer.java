package io.github.camelgitpod.event.recovery;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.ListedResource;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.client.ResourcePage;
import io.github.camelgitpod.client.http.PartialServer;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

/** An organization and its event stream in this process; its page tokens are positions, so that a listing can skip. */
final class ResourceServer implements PartialServer {
    /** By type and id, in the order of creation: what a resource is like. */
    private final Map<ResourceListing, Map<String, String>> resources = new EnumMap<>(ResourceListing.class);

    private final Map<String, String> creators = new HashMap<>();
    /** The lines of the open stream that were not read yet. */
    final Queue<GitpodEvent> lines = new ArrayDeque<>();

    final int pageSize;
    boolean connected;
    /** When the next line arrives. */
    Supplier<Instant> arrival = () -> Instant.EPOCH;
    /** Run before each answer. */
    Runnable meanwhile = () -> {};
    /** Thrown in place of the next answers. */
    final Queue<IOException> failures = new ArrayDeque<>();

    /** Is not listed, for want of a role; null: all are. */
    ResourceListing refused;
    /** False: it is an earlier answer that refuses, and this is not asked. */
    boolean asked = true;

    int requests;
    private int changes;

    ResourceServer(int pageSize) {
        this.pageSize = pageSize;
        for (ResourceListing type : ResourceListing.values()) {
            resources.put(type, new LinkedHashMap<>());
        }
    }

    Map<String, String> all(ResourceListing type) {
        return resources.get(type);
    }

    String creator(String id) {
        return creators.get(id);
    }

    void create(ResourceListing type, String id, String creator) {
        creators.put(id, creator);
        resources.get(type).put(id, "state" + ++changes);
        tell("CREATE", type, id);
    }

    /** @param to null: like nothing before */
    void update(ResourceListing type, String id, String to) {
        resources.get(type).put(id, to == null ? "state" + ++changes : to);
        tell(changes % 2 == 0 ? "UPDATE" : "UPDATE_STATUS", type, id);
    }

    void delete(ResourceListing type, String id) {
        resources.get(type).remove(id);
        tell("DELETE", type, id);
    }

    private void tell(String operation, ResourceListing type, String id) {
        if (connected) {
            lines.add(GitpodEvent.ofStream(
                    "RESOURCE_OPERATION_" + operation, type.resourceType(), id, arrival.get(), JsonText.of("{}")));
        }
    }

    @Override
    public ResourcePage listResources(ResourceListing listing, String token) throws IOException {
        requests++;
        meanwhile.run();
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
        if (listing == refused) {
            throw asked ? answer(403) : answer(403).repeatedFor(Duration.ofMinutes(1));
        }
        List<ListedResource> all = new ArrayList<>();
        resources.get(listing).forEach((id, state) -> all.add(new ListedResource(id, creators.get(id), state)));
        int from = token == null ? 0 : Math.min(Integer.parseInt(token), all.size());
        int to = Math.min(from + pageSize, all.size());
        return new ResourcePage(List.copyOf(all.subList(from, to)), to < all.size() ? String.valueOf(to) : null);
    }

    static ApiException answer(int status) {
        return new ApiException(status, null, "answered with " + status, null);
    }
}
