package io.github.camelgitpod.event.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.EventQuery.ResourceTypeFilter;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.state.KnownStateStore;
import io.github.camelgitpod.testing.SteadyClocks;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.support.processor.state.MemoryStateRepository;

/**
 * One random history: an organization that changes while it is listed, while a stream is open and while none is; connections
 * that are lost, answers that fail, processes that die at any moment. The route looks at a resource when it is told of it, as
 * one does that goes by such events; what it then knows must be what the server has.
 */
final class RelistHistory {
    private static final String MINE = "mine";
    private static final int STEPS = 60;

    private final Random random;
    private final int kind;
    private final ResourceServer server;
    private final EventQuery query;
    private final Set<ResourceListing> types;
    private final MemoryStateRepository repository = new MortalMemory();
    private final Map<ResourceListing, Map<String, String>> known = new EnumMap<>(ResourceListing.class);
    private GapRecovery recovery;
    /** Steps until the process dies; 0: it does not. */
    private int fuse;

    private int nextId;
    /** What may be told although the route knows of it: an event of it came since the last listing. */
    private final Set<String> toldLive = new HashSet<>();
    /** Changed after it was listed or before: the route saw it as it was when it was told. */
    private final Set<String> changedMeanwhile = new HashSet<>();

    private final Set<String> neverBack = new HashSet<>();
    /** And after a death anything may be told again. */
    private boolean diedSince;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    /** When the last line arrives that was sent. */
    private Instant lastArrival = now;
    /** Until when the stream has brought everything, as far as the client knows. */
    private Instant readUpTo = now;
    /** When a line was missed that was not recovered yet; null: none was. */
    private Instant owedSince;
    /** While the organization must not change. */
    private boolean still;

    int changes;
    int gaps;
    int crashes;
    int failures;
    int synthetic;
    int looks;
    int live;

    /** The process was killed. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super(null, null, false, false);
        }
    }

    /** What processes save to; each save is a moment to die at. */
    private final class MortalMemory extends MemoryStateRepository {
        @Override
        public void setState(String key, String value) {
            dieMaybe();
            super.setState(key, value);
            dieMaybe();
        }
    }

    RelistHistory(long seed) {
        random = new Random(seed);
        server = new ResourceServer(1 + random.nextInt(4));
        server.arrival = this::arrival;
        server.meanwhile = this::changeMeanwhile;
        kind = random.nextInt(5);
        query = switch (kind) {
            case 0 -> new EventQuery(id(1), List.of());
            case 1 ->
                new EventQuery(
                        null, List.of(new ResourceTypeFilter("RESOURCE_TYPE_ENVIRONMENT", List.of(), List.of(MINE))));
            case 2 ->
                new EventQuery(
                        null,
                        List.of(
                                new ResourceTypeFilter("RESOURCE_TYPE_PROJECT", List.of(id(0), id(3)), List.of()),
                                new ResourceTypeFilter("RESOURCE_TYPE_RUNNER", List.of(), List.of())));
            default -> new EventQuery(null, List.of());
        };
        types = switch (kind) {
            case 0, 1 -> Set.of(ResourceListing.ENVIRONMENTS);
            case 2 -> Set.of(ResourceListing.PROJECTS, ResourceListing.RUNNERS);
            default -> Set.of(ResourceListing.values());
        };
        for (ResourceListing type : ResourceListing.values()) {
            known.put(type, new HashMap<>());
        }
    }

    private static String id(int number) {
        return "id-" + number;
    }

    void run() {
        int before = random.nextInt(60);
        for (int i = 0; i < before; i++) {
            change();
        }
        start();
        server.connected = true;
        types.forEach(type -> known.put(type, admitted(type)));
        // What the route knows before it is told anything is its own matter; it is compared from here on.
        still = true;
        assertThat(recover())
                .as("what was there before the first connection is no change")
                .isEmpty();
        still = false;
        for (int step = 0; step < STEPS; step++) {
            if (fuse == 0 && random.nextInt(12) == 0) {
                fuse = 1 + random.nextInt(20);
            }
            try {
                step();
            } catch (Killed e) {
                restart();
            }
        }
        fuse = 0;
        server.failures.clear();
        disconnect();
        connect();
        while (!server.lines.isEmpty()) {
            readLine();
        }
        for (ResourceListing type : types) {
            assertThat(new TreeMap<>(known.get(type)))
                    .as("%s of %s", type, query)
                    .isEqualTo(new TreeMap<>(admitted(type)));
        }
    }

    private void step() {
        now = now.plusSeconds(random.nextInt(8));
        switch (random.nextInt(13)) {
            case 0, 1, 2, 3 -> change();
            case 4, 5, 6 -> {
                if (!server.lines.isEmpty()) {
                    readLine();
                }
            }
            case 7 -> {
                if (random.nextInt(3) == 0) {
                    failures++;
                    server.failures.add(
                            random.nextBoolean()
                                    ? ResourceServer.answer(503)
                                    : new IOException("the connection broke"));
                }
            }
            case 8 -> {
                if (server.connected && random.nextBoolean()) {
                    endByServer();
                }
                disconnect();
            }
            case 9, 10 -> lookWhileLinesAreOnTheirWay();
            case 11 -> missALine();
            default -> connect();
        }
    }

    private void start() {
        KnownStateStore store = new KnownStateStore(repository, "events/resources", "scope", InstantSource.system());
        recovery = GapRecovery.of(query, false, null, store, SteadyClocks.of(() -> now), null);
    }

    private void restart() {
        crashes++;
        fuse = 0;
        diedSince = true;
        owedSince = null;
        disconnect();
        start();
    }

    /** What has not arrived by then will not. */
    private void endByServer() {
        while (!server.lines.isEmpty() && !server.lines.peek().receivedAt().isAfter(now)) {
            readLine();
        }
        recovery.delivered(now);
    }

    private void disconnect() {
        server.connected = false;
        server.lines.clear();
    }

    private void connect() {
        if (server.connected) {
            return;
        }
        gaps++;
        server.connected = true;
        lastArrival = now;
        still = random.nextBoolean();
        Set<String> different = differences();
        Set<String> mayBeRepeated = Set.copyOf(toldLive);
        boolean exact = still && !diedSince;
        List<GitpodEvent> told = recover();
        if (told == null) {
            // The stream goes on without, or is opened again.
            if (random.nextBoolean()) {
                disconnect();
            }
        } else if (exact) {
            assertExact(different, mayBeRepeated, told);
        }
        if (told != null && server.connected) {
            readUpTo = now;
        }
        still = false;
    }

    /** What was told; null: it failed. */
    private List<GitpodEvent> recover() {
        List<GitpodEvent> told = new ArrayList<>();
        changedMeanwhile.clear();
        try {
            recovery.recover(
                    server, new StreamGap(owedSince == null ? readUpTo : owedSince, now, "reset", 1), event -> {
                        dieMaybe();
                        assertThat(event.synthetic()).isTrue();
                        synthetic++;
                        assertNotInvented(event);
                        told.add(event);
                        tell(event);
                        dieMaybe();
                        return true;
                    });
            toldLive.clear();
            toldLive.addAll(changedMeanwhile);
            diedSince = false;
            owedSince = null;
            return told;
        } catch (IOException e) {
            return null;
        }
    }

    /** A resource that a listing skips looks like one that is gone. */
    private void assertNotInvented(GitpodEvent event) {
        ResourceListing type = ResourceListing.of(event.resourceType()).orElseThrow();
        boolean recreated = changedMeanwhile.contains(text("UPDATE", event.resourceType(), event.resourceId()));
        if (event.operation().endsWith("DELETE") && !recreated) {
            assertThat(server.all(type)).doesNotContainKey(event.resourceId());
        }
    }

    /** By operation, type and id, what the route does not know of. */
    private Set<String> differences() {
        Set<String> different = new HashSet<>();
        for (ResourceListing type : types) {
            Map<String, String> now = admitted(type);
            Map<String, String> before = known.get(type);
            before.keySet().stream()
                    .filter(id -> !now.containsKey(id))
                    .forEach(id -> different.add(text("DELETE", type.resourceType(), id)));
            now.forEach((id, state) -> {
                if (!before.containsKey(id)) {
                    different.add(text("CREATE", type.resourceType(), id));
                } else if (!state.equals(before.get(id))) {
                    different.add(text("UPDATE", type.resourceType(), id));
                }
            });
        }
        return different;
    }

    private static void assertExact(Set<String> different, Set<String> mayBeRepeated, List<GitpodEvent> told) {
        List<String> texts = told.stream()
                .map(event -> text(
                        event.operation().replace("RESOURCE_OPERATION_", ""), event.resourceType(), event.resourceId()))
                .toList();
        assertThat(texts).doesNotHaveDuplicates();
        assertThat(texts.stream().filter(text -> !mayBeRepeated.contains(text)))
                .containsExactlyInAnyOrderElementsOf(different.stream()
                        .filter(text -> !mayBeRepeated.contains(text))
                        .toList());
        assertThat(texts).containsAll(different);
    }

    private static String text(String operation, String type, String id) {
        return operation + " " + type + " " + id;
    }

    /** What the server has of the scope; the same as {@link ResourceScope}, said in another way. */
    private Map<String, String> admitted(ResourceListing type) {
        Map<String, String> admitted = new HashMap<>();
        server.all(type).forEach((id, state) -> {
            if (admits(type, id)) {
                admitted.put(id, state);
            }
        });
        return admitted;
    }

    private boolean admits(ResourceListing type, String id) {
        return switch (kind) {
            case 0 -> type == ResourceListing.ENVIRONMENTS && id.equals(id(1));
            case 1 -> type == ResourceListing.ENVIRONMENTS && server.creator(id).equals(MINE);
            case 2 ->
                type == ResourceListing.RUNNERS
                        || (type == ResourceListing.PROJECTS
                                && Set.of(id(0), id(3)).contains(id));
            default -> true;
        };
    }

    /** Lines are on their way for a while. */
    private Instant arrival() {
        Instant arrival = now.plusSeconds(random.nextInt((int) VersionsInDoubt.ON_ITS_WAY.toSeconds()));
        lastArrival = arrival.isAfter(lastArrival) ? arrival : lastArrival;
        return lastArrival;
    }

    /** As is done now and then while the stream seems to be open: the connection may be dead already. */
    private void look() {
        try {
            recovery.lookAgain(server, readUpTo, event -> {
                throw new AssertionError("A look tells nothing");
            });
            looks++;
        } catch (IOException e) {
            // Another look will come.
        }
    }

    private void lookWhileLinesAreOnTheirWay() {
        change();
        look();
        for (int i = random.nextInt(3); i > 0 && !server.lines.isEmpty(); i--) {
            readLine();
        }
        if (random.nextBoolean()) {
            disconnect();
        }
    }

    /** A line that cannot be read: what was missed is found out some time later. */
    private void missALine() {
        if (owedSince != null) {
            recover();
        } else if (!server.lines.isEmpty()) {
            GitpodEvent line = arrived();
            owedSince = line.receivedAt();
            recovery.missed(owedSince);
        }
    }

    private GitpodEvent arrived() {
        GitpodEvent line = server.lines.remove();
        now = line.receivedAt().isAfter(now) ? line.receivedAt() : now;
        readUpTo = line.receivedAt();
        return line;
    }

    private void readLine() {
        GitpodEvent line = arrived();
        ResourceListing type = ResourceListing.of(line.resourceType()).orElseThrow();
        boolean deletion = line.operation().endsWith("DELETE");
        // As the server does: what a filter by creator lets through does not hold for deletions.
        if (admits(type, line.resourceId()) || (deletion && kind == 1 && type == ResourceListing.ENVIRONMENTS)) {
            live++;
            toldLive.add(text("UPDATE", line.resourceType(), line.resourceId()));
            dieMaybe();
            recovery.observed(line);
            dieMaybe();
            tell(line);
            dieMaybe();
        }
    }

    /** A route that looks at what it is told of. */
    private void tell(GitpodEvent event) {
        ResourceListing type = ResourceListing.of(event.resourceType()).orElseThrow();
        String state = server.all(type).get(event.resourceId());
        if (event.operation().endsWith("DELETE")) {
            known.get(type).remove(event.resourceId());
        } else if (state != null) {
            known.get(type).put(event.resourceId(), state);
        } else {
            // It is gone already, and the route hears of that later.
            known.get(type).putIfAbsent(event.resourceId(), "gone");
        }
    }

    private void changeMeanwhile() {
        if (!still && server.connected && random.nextInt(4) == 0) {
            String repeated = change();
            changedMeanwhile.add(repeated);
            neverBack.add(repeated);
        }
    }

    /** Gives what a repeated event of it would be. */
    private String change() {
        changes++;
        ResourceListing type = ResourceListing.values()[random.nextInt(3)];
        List<String> ids = new ArrayList<>(server.all(type).keySet());
        String any = ids.isEmpty() ? null : ids.get(random.nextInt(ids.size()));
        int what = any == null ? 0 : random.nextInt(10);
        if (what < 3) {
            // Some come back with the id they had.
            any = id(random.nextBoolean() ? random.nextInt(6) : nextId++ % 30);
            if (!server.all(type).containsKey(any)) {
                server.create(type, any, any.hashCode() % 2 == 0 ? MINE : "other");
            }
        } else if (what < 5) {
            server.update(type, any, null);
        } else if (what < 8) {
            // As it was some changes ago: that can be seen only by being told of the changes. What a real server
            // lists has times and numbers that never come back; here they do, but for what changed while it was listed.
            boolean seen = neverBack.contains(text("UPDATE", type.resourceType(), any));
            server.update(type, any, seen ? null : "like before");
        } else {
            server.delete(type, any);
        }
        return text("UPDATE", type.resourceType(), any);
    }

    private void dieMaybe() {
        if (fuse > 0 && --fuse == 0) {
            throw new Killed();
        }
    }
}
