package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.event.recovery.Operations;
import io.github.camelgitpod.event.recovery.ResourceLister;
import io.github.camelgitpod.event.recovery.ResourceScope;
import io.github.camelgitpod.event.stream.EventStream;
import io.github.camelgitpod.event.stream.StreamInbox;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a stream for each environment, as they come and go: from what the organization's stream tells, and from a listing
 * after each of its connections before which something may have been missed. When there are too many, the newest have one.
 */
final class EnvironmentStreams {
    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentStreams.class);
    /** What happened inside a deleted environment may come a little after its deletion. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final ConsumerStreams group;
    private final int maxStreams;
    private final Backoff backoff;
    private final ResourceLister lister = new ResourceLister(new ResourceScope(new EventQuery(null, List.of())));
    /** The oldest first. */
    private final Set<String> known = new LinkedHashSet<>();

    private final Set<String> streaming = new HashSet<>();
    /** What the stream told while a listing is under way, which may not know it yet. */
    private final Set<String> cameMeanwhile = new HashSet<>();

    private final Set<String> wentMeanwhile = new HashSet<>();
    /** Deleted a moment ago. */
    private final Set<String> lingering = new HashSet<>();

    private int listings;
    private boolean listing;
    private boolean limitTold;

    EnvironmentStreams(ConsumerStreams group, int maxStreams, Backoff backoff) {
        this.group = group;
        this.maxStreams = maxStreams;
        this.backoff = backoff;
    }

    /** The inbox of the organization's stream, looked at on the way. */
    StreamInbox watching(StreamInbox inbox) {
        return new StreamInbox() {
            @Override
            public void opened(StreamGap gap) {
                inbox.opened(gap);
                list(gap, Duration.ZERO, 1);
            }

            @Override
            public void received(List<GitpodEvent> events) {
                inbox.received(events);
                events.stream().filter(WithoutEnvironments::isOfEnvironment).forEach(event -> happened(event));
            }

            @Override
            public void skipped(StreamGap gap) {
                inbox.skipped(gap);
            }
        };
    }

    private synchronized void happened(GitpodEvent event) {
        String id = event.resourceId();
        if (id == null || lingering.contains(id)) {
            return;
        }
        if (Operations.DELETE.equals(event.operation())) {
            if (listing) {
                cameMeanwhile.remove(id);
                wentMeanwhile.add(id);
            }
            if (known.remove(id)) {
                lingering.add(id);
                group.later(LINGER, client -> gone(id));
            }
        } else if (known.add(id)) {
            if (listing) {
                cameMeanwhile.add(id);
            }
            haveStreams(stream -> stream.wantedSince(event.receivedAt()));
        }
    }

    /** There is no such environment any more. */
    synchronized void gone(String id) {
        known.remove(id);
        lingering.remove(id);
        streaming.remove(id);
        group.closeEnvironment(id);
        haveStreams(stream -> {});
    }

    private void list(StreamGap gap, Duration wait, int attempt) {
        int number;
        synchronized (this) {
            number = ++listings;
            listing = true;
            cameMeanwhile.clear();
            wentMeanwhile.clear();
        }
        group.later(wait, client -> list(client, gap, attempt, number));
    }

    private void list(GitpodClient client, StreamGap gap, int attempt, int number) {
        Set<String> listed;
        try {
            listed = lister.list(client, ResourceListing.ENVIRONMENTS).keySet();
        } catch (IOException e) {
            if (attempt == 1) {
                LOG.warn("The environments cannot be listed now: {}", e.toString());
            }
            if (isLast(number)) {
                list(gap, backoff.afterFailures(attempt), attempt + 1);
            }
            return;
        }
        synchronized (this) {
            if (number != listings) {
                // There was another connection meanwhile, which is listed for.
                return;
            }
            listing = false;
            List<String> gone = known.stream()
                    .filter(id -> !listed.contains(id) && !cameMeanwhile.contains(id))
                    .toList();
            gone.forEach(this::gone);
            listed.stream()
                    .filter(id -> !wentMeanwhile.contains(id))
                    .sorted(EnvironmentStreams::byAge)
                    .forEach(known::add);
            haveStreams(stream -> {
                if (gap != null) {
                    stream.missedSince(gap.from(), gap.reason());
                }
            });
            group.forgetOthers();
        }
    }

    private synchronized boolean isLast(int number) {
        return number == listings;
    }

    private void haveStreams(Consumer<EventStream> first) {
        List<String> all = new ArrayList<>(known);
        int surplus = Math.max(0, all.size() - maxStreams);
        if (surplus > 0 && !limitTold) {
            limitTold = true;
            LOG.warn(
                    "There are {} environments, more than maxStreams={}: the newest ones have a stream, and of what happens"
                            + " inside the others nothing is delivered",
                    all.size(),
                    maxStreams);
        }
        List<String> wanted = all.subList(surplus, all.size());
        Set<String> surplusStreams = new HashSet<>(streaming);
        wanted.forEach(surplusStreams::remove);
        surplusStreams.stream().filter(known::contains).forEach(id -> {
            streaming.remove(id);
            group.closeEnvironment(id);
        });
        for (String id : wanted) {
            if (streaming.add(id)) {
                group.openEnvironment(id, first);
            }
        }
    }

    /** Of newer servers the ids say how old they are; of older ones nothing does, and they count as old. */
    private static int byAge(String one, String other) {
        boolean oneTells = tellsAge(one);
        boolean otherTells = tellsAge(other);
        return oneTells && otherTells ? one.compareTo(other) : Boolean.compare(oneTells, otherTells);
    }

    private static boolean tellsAge(String id) {
        try {
            return UUID.fromString(id).version() == 7;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
