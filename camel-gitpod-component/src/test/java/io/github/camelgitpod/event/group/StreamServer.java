package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.ClientClosedException;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.ListedResource;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.client.ResourcePage;
import io.github.camelgitpod.client.http.PartialServer;
import io.github.camelgitpod.event.stream.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** An organization with environments, and the streams of both. Everything that it ever sent can be asked for. */
final class StreamServer {
    static final String ORGANIZATION = "organization";
    /** So long a line is on its way at most. */
    static final Duration TRANSIT = Duration.ofMillis(50);
    /** Longer lines are too long. */
    static final int MAX_LINE_BYTES = 10_000_000;

    /**
     * A line of a stream.
     *
     * @param readable  whether it is an event
     * @param delivered whether it is to be delivered there: what happens to an environment itself is in two streams
     */
    record Sent(
            int number,
            String scope,
            Instant at,
            boolean readable,
            boolean delivered,
            String operation,
            String type,
            String resourceId,
            String json) {}

    final VirtualTime time;
    final Random random;
    final boolean lifeSigns;
    final List<Sent> sent = new ArrayList<>();
    final List<ServerConnection> connections = new ArrayList<>();
    final Set<String> environments = new LinkedHashSet<>();
    /** How often each was changed, where that is counted. */
    final Map<String, Integer> versions = new HashMap<>();

    boolean countsChanges;
    /** Nobody may watch them. */
    final Set<String> forbidden = new LinkedHashSet<>();
    /** When the first connection of a stream was opened. */
    final Map<String, Instant> promisedSince = new TreeMap<>();

    Instant lastProcessSince = VirtualTime.START;
    /** Of a hundred attempts to connect, so many fail. */
    int failing;
    /** Of a hundred listings, so many fail. */
    int failingListings;
    /** How much longer a listing takes. */
    Duration listingsHang = Duration.ZERO;

    /** Whether nothing comes of an attempt to connect. */
    boolean hangingConnections;

    int failures;
    int failedListings;
    private int created;

    StreamServer(VirtualTime time, Random random) {
        this.time = time;
        this.random = random;
        this.lifeSigns = random.nextBoolean();
    }

    /** @param padding how much longer the event's text is than it needs to be */
    void event(String scope, int padding) {
        String type = scope.equals(ORGANIZATION) ? "RESOURCE_TYPE_PROJECT" : "RESOURCE_TYPE_TASK";
        String id = "r" + sent.size();
        send(scope, true, true, "RESOURCE_OPERATION_UPDATE", type, id, padding);
    }

    void garbage(String scope) {
        send(scope, false, true, null, null, null, 0);
    }

    void create() {
        createAgain("01900000-%04x-7000-8000-000000000000".formatted(created++));
    }

    void createAgain(String id) {
        environments.add(id);
        environment(ORGANIZATION, "CREATE", id);
    }

    /** What happens to an environment itself is in both streams. */
    void changed(String id) {
        if (countsChanges) {
            versions.merge(id, 1, Integer::sum);
        }
        environment(ORGANIZATION, "UPDATE", id);
        environment(id, "UPDATE", id);
    }

    void delete(String id) {
        environment(id, "DELETE", id);
        environments.remove(id);
        environment(ORGANIZATION, "DELETE", id);
        live(id).forEach(connection -> connection.ends(null));
    }

    private void environment(String scope, String operation, String id) {
        String type = ResourceListing.ENVIRONMENTS.resourceType();
        send(scope, true, scope.equals(ORGANIZATION), "RESOURCE_OPERATION_" + operation, type, id, 0);
    }

    private void send(
            String scope, boolean readable, boolean delivered, String operation, String type, String id, int padding) {
        int number = sent.size();
        String json = "{\"n\":" + number + "}" + " ".repeat(padding);
        Sent line = new Sent(number, scope, time.now(), readable, delivered, operation, type, id, json);
        sent.add(line);
        live(scope).forEach(connection -> connection.send(line));
    }

    /** Connections that carry what is sent. */
    List<ServerConnection> live(String scope) {
        return connections.stream()
                .filter(connection -> connection.scope.equals(scope) && connection.isLive())
                .toList();
    }

    List<ServerConnection> open() {
        return connections.stream()
                .filter(connection -> connection.isLive() && connection.openedAt != null)
                .toList();
    }

    /** From now on nothing fails. */
    void isWell() {
        failing = 0;
        failingListings = 0;
        listingsHang = Duration.ZERO;
        forbidden.clear();
    }

    /** For a while, each stream has something to bring. */
    void talk() {
        for (int i = 0; i < 20; i++) {
            scopes().forEach(scope -> event(scope, 0));
            time.pass(Duration.ofSeconds(2));
        }
    }

    List<String> scopes() {
        List<String> scopes = new ArrayList<>(environments);
        scopes.add(ORGANIZATION);
        return scopes;
    }

    GitpodClient client() {
        return client(null);
    }

    /** @param owner whose connections these are */
    GitpodClient client(Object owner) {
        return new Client(owner);
    }

    private final class Client implements PartialServer {
        private final Object owner;
        private boolean closed;

        Client(Object owner) {
            this.owner = owner;
        }

        @Override
        public EventConnection watchEvents(EventQuery query, int maxLineBytes) throws IOException {
            String scope = query.environmentId() == null ? ORGANIZATION : query.environmentId();
            boolean fails = random.nextInt(100) < failing;
            IOException failure = fails ? failure() : null;
            if (!environments.contains(scope) && !scope.equals(ORGANIZATION)) {
                failure = new ApiException(404, "not_found", "no such environment", null);
            }
            if (forbidden.contains(scope)) {
                failure = new ApiException(403, "permission_denied", "no", null);
            }
            if (failure != null) {
                failures += fails ? 1 : 0;
                await(random.nextInt(2_000));
                throw failure;
            }
            ServerConnection connection = new ServerConnection(StreamServer.this, scope, owner);
            connections.add(connection);
            try {
                // The headers can be late; what is sent meanwhile is carried.
                time.await(() -> closed || !hangingConnections);
                await(60 + random.nextInt(random.nextInt(10) == 0 ? 5_000 : 200));
            } catch (ClientClosedException e) {
                connection.close();
                throw e;
            }
            connection.opened();
            return connection;
        }

        private IOException failure() {
            return switch (random.nextInt(5)) {
                case 0 -> new ApiException(503, "unavailable", "later", null);
                case 1 -> new ApiException(429, "resource_exhausted", "slow down", Duration.ofSeconds(3));
                case 2 -> new ApiException(401, "unauthenticated", "who are you", null);
                default -> new IOException("refused");
            };
        }

        @Override
        public ResourcePage listResources(ResourceListing listing, String token) throws IOException {
            boolean fails = random.nextInt(100) < failingListings;
            List<ListedResource> resources = listing == ResourceListing.ENVIRONMENTS
                    ? environments.stream()
                            .map(id -> new ListedResource(id, null, "%011d".formatted(versions.getOrDefault(id, 0))))
                            .toList()
                    : List.of();
            await((int) listingsHang.toMillis() + random.nextInt(100));
            if (fails) {
                failedListings++;
                throw new ApiException(503, "unavailable", "later", null);
            }
            return new ResourcePage(resources, null);
        }

        private void await(int millis) throws ClientClosedException {
            time.await(() -> closed, Duration.ofMillis(millis));
            if (closed) {
                throw new ClientClosedException();
            }
        }

        @Override
        public Optional<Instant> serverTime() {
            return Optional.of(time.now());
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
