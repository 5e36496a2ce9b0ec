package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What happens at the server in a random history, and when. */
final class ServerChances {
    private final StreamServer server;
    private final Random random;

    ServerChances(StreamServer server, Random random) {
        this.server = server;
        this.random = random;
    }

    /** @param what below 85 */
    void happens(int what) {
        if (what < 40) {
            for (int i = random.nextInt(4); i >= 0; i--) {
                server.event(any(server.scopes()), 0);
            }
        } else if (what < 60 && !server.open().isEmpty()) {
            ends(any(server.open()));
        } else if (what < 65) {
            server.garbage(any(server.scopes()));
        } else if (what < 75) {
            environmentsChange();
        } else if (what < 80) {
            server.failing = server.failing > 0 ? 0 : 50 + random.nextInt(51);
        } else {
            server.failingListings = server.failingListings > 0 ? 0 : 50;
        }
    }

    private void ends(ServerConnection connection) {
        switch (random.nextInt(5)) {
            case 0 -> connection.ends(null);
            case 1 -> connection.ends(new ApiException(0, "unavailable", "restarting", null));
            case 2 -> connection.breaks(random.nextBoolean());
            default -> connection.hangs();
        }
    }

    private void environmentsChange() {
        if (server.environments.isEmpty() || random.nextInt(3) == 0) {
            server.create();
            return;
        }
        String id = any(List.copyOf(server.environments));
        if (random.nextBoolean()) {
            server.delete(id);
        } else {
            server.changed(id);
        }
    }

    /** Until something happens again. */
    Duration untilNext() {
        return Duration.ofMillis(random.nextInt(
                switch (random.nextInt(10)) {
                    case 0 -> 30_000;
                    case 1, 2, 3 -> 3_000;
                    default -> 300;
                }));
    }

    <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
