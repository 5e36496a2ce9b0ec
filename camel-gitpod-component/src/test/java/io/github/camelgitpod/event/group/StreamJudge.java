package io.github.camelgitpod.event.group;

import io.github.camelgitpod.event.group.StreamServer.Sent;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.StreamGap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares what the server sent with what the route got: each event that was promised is delivered once and in order, or
 * lies inside a gap that was told; and every gap that was told has been closed.
 */
final class StreamJudge {
    /**
     * Within so long after a line, it can be seen that two connections have brought it; while both are read. While lines come,
     * they are compared after 750 ms; beside that a line is on its way for 50 ms, and a look comes every 100 ms.
     */
    private static final Duration IN_DOUBT = Duration.ofMillis(900);

    private final StreamServer server;
    private final List<StreamRoute> routes;
    private final boolean crowded;
    private final List<String> faults = new ArrayList<>();
    int delivered;
    int inGaps;
    int repeated;

    /**
     * @param routes  of one process after the other
     * @param crowded whether an environment can have no stream when it is deleted: then nobody is told what was missed
     */
    StreamJudge(StreamServer server, List<StreamRoute> routes, boolean crowded) {
        this.crowded = crowded;
        this.server = server;
        this.routes = routes;
    }

    List<String> faults() {
        Set<String> scopes = new HashSet<>();
        server.sent.forEach(line -> scopes.add(line.scope()));
        for (StreamRoute route : routes) {
            faults.addAll(route.faults);
            scopes.addAll(route.delivered.keySet());
            scopes.forEach(scope -> order(scope, route));
        }
        closed(StreamServer.ORGANIZATION);
        server.sent.forEach(this::found);
        return faults;
    }

    private void order(String scope, StreamRoute route) {
        List<Integer> all = route.delivered(scope);
        int last = -1;
        for (int number : all) {
            Sent line = server.sent.get(number);
            if (!line.scope().equals(scope) || !line.delivered()) {
                faults.add(number + " is not of " + scope);
            }
            if (number > last) {
                last = number;
            } else if (mayBeRepeated(number, route)) {
                repeated++;
                last = number;
            } else {
                faults.add("repeated, or out of order, in " + scope + ": " + number + " in " + all);
                return;
            }
        }
    }

    /** Two connections brought it; and one ended, or neither was read, before it could be seen that both had. */
    private boolean mayBeRepeated(int number, StreamRoute route) {
        Instant at = server.sent.get(number).at();
        Instant settled = at.plus(IN_DOUBT);
        List<ServerConnection> bringers = server.connections.stream()
                .filter(connection -> connection.owner == route && connection.brought.contains(number))
                .toList();
        // What is sent before the headers come cannot be compared until then.
        Instant compared = bringers.stream()
                .map(connection -> connection.openedAt.plus(IN_DOUBT))
                .filter(settled::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(settled);
        boolean oneEnded = bringers.stream()
                .map(connection -> connection.endedAt)
                .anyMatch(end -> end != null && !end.isAfter(compared));
        return bringers.size() == 2 && (oneEnded || route.wasHinderedAround(at));
    }

    private void found(Sent line) {
        if (!line.delivered()) {
            return;
        }
        if (routes.stream().anyMatch(route -> route.delivered(line.scope()).contains(line.number()))) {
            delivered++;
        } else if (gaps(line.scope()).anyMatch(gap -> covers(gap, line))) {
            inGaps++;
        } else if (isPromised(line)) {
            faults.add("lost, and in no gap: " + line.number() + " of " + line.scope() + ", sent at " + line.at()
                    + ", gaps " + gaps(line.scope()).toList());
        }
    }

    private Stream<StreamGap> gaps(String scope) {
        return routes.stream().flatMap(route -> route.gaps(scope).stream());
    }

    private static boolean covers(StreamGap gap, Sent line) {
        if (!line.readable() && gap.reason().equals("parse")) {
            // It is the moment when the line was read.
            return !line.at().isAfter(gap.to());
        }
        return !line.at().isBefore(gap.from().minus(StreamServer.TRANSIT))
                && !line.at().isAfter(gap.to());
    }

    /** Its stream was open before, and somebody can know of the gap: a new process does not ask for what is gone by then. */
    private boolean isPromised(Sent line) {
        Instant since = server.promisedSince.get(line.scope());
        if (since == null || line.at().isBefore(since) && !cameInAGap(line.scope())) {
            return false;
        }
        boolean openedLater = server.connections.stream()
                .anyMatch(connection -> connection.scope.equals(line.scope())
                        && connection.promises
                        && connection.openedAt.isAfter(line.at())
                        && (connection.endedAt == null || connection.endedAt.isAfter(connection.openedAt)));
        return server.scopes().contains(line.scope())
                || !crowded && openedLater && line.at().isAfter(server.lastProcessSince);
    }

    /** An environment that the organization's stream could not tell of: its stream begins with that gap. */
    private boolean cameInAGap(String id) {
        Instant first = server.promisedSince.get(StreamServer.ORGANIZATION);
        return server.sent.stream()
                .filter(line -> line.scope().equals(StreamServer.ORGANIZATION)
                        && id.equals(line.resourceId())
                        && line.operation().endsWith("CREATE")
                        && !line.at().isBefore(first))
                .anyMatch(line ->
                        server.connections.stream().noneMatch(connection -> connection.brought.contains(line.number()))
                                && gaps(StreamServer.ORGANIZATION).anyMatch(gap -> covers(gap, line)));
    }

    private void closed(String scope) {
        Instant since = server.promisedSince.get(scope);
        List<ClosedGap> ends =
                routes.stream().flatMap(route -> route.closed(scope).stream()).toList();
        for (StreamRoute route : routes) {
            for (StreamGap gap : route.gaps(scope)) {
                // One that was told last is being recovered.
                if (since != null
                        && !gap.from().isBefore(since)
                        && gap.to().isBefore(server.time.now().minusSeconds(10))
                        && ends.stream().noneMatch(end -> isEndOf(end, gap, route.isOver))) {
                    faults.add("never closed: " + gap + " of " + ends);
                }
            }
        }
    }

    /** @param isOver whether another process goes on: from where its own gap ends, it has a connection */
    private static boolean isEndOf(ClosedGap end, StreamGap gap, boolean isOver) {
        return !end.from().isAfter(gap.from()) && (isOver || !end.to().isBefore(gap.to()));
    }
}
