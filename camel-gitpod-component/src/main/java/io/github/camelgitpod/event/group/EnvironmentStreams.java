package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.client.ToldOnce;
import io.github.camelgitpod.event.recovery.Operations;
import io.github.camelgitpod.event.recovery.ResourceLister;
import io.github.camelgitpod.event.recovery.ResourceScope;
import io.github.camelgitpod.event.stream.EventStream;
import io.github.camelgitpod.event.stream.StreamInbox;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a stream for each environment, as environments come and go. It learns of them from the organization's stream, and
 * from a listing each time when that stream may have missed something. When there are too many, only the newest have one.
 */
final class EnvironmentStreams {
    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentStreams.class);
    /** Events from inside an environment may come a little after its deletion. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final BiPredicate<String, Consumer<EventStream>> opening;
    private final Consumer<String> closing;
    private final StreamPositions positions;
    private final int maxStreams;
    private final Backoff backoff;
    private final ResourceLister lister = new ResourceLister(new ResourceScope(new EventQuery(null, List.of())));
    private final KnownEnvironments known = new KnownEnvironments();
    private final Set<String> streaming = new HashSet<>();
    /** Prepares the streams of environments that came since streams were opened last. */
    private final Map<String, Consumer<EventStream>> waiting = new HashMap<>();

    private final Paced holding = new Paced(this, () -> holdStreams(stream -> {}));
    private final ToldOnce limit = new ToldOnce();
    /** What the organization's stream has missed since the last listing; null: nothing. */
    private StreamGap unlistedGap;

    private volatile StreamsRun run;

    /**
     * @param opening opens the stream of an environment, unless there is one; before that it is given to the consumer.
     *                False: it cannot be opened now
     * @param closing closes the stream of an environment, if there is one
     */
    EnvironmentStreams(
            BiPredicate<String, Consumer<EventStream>> opening,
            Consumer<String> closing,
            StreamPositions positions,
            int maxStreams,
            Backoff backoff) {
        this.opening = opening;
        this.closing = closing;
        this.positions = positions;
        this.maxStreams = maxStreams;
        this.backoff = backoff;
    }

    /** To be called before the organization's stream is opened. */
    synchronized void open(StreamsRun opened) {
        run = opened;
        holding.begin(opened);
    }

    static boolean isOfEnvironment(GitpodEvent event) {
        return ResourceListing.ENVIRONMENTS.resourceType().equals(event.resourceType());
    }

    /** The inbox of the organization's stream, watched on the way. */
    StreamInbox watching(StreamInbox inbox) {
        return new StreamInbox() {
            @Override
            public void opened(StreamGap gap) {
                inbox.opened(gap);
                missed(gap);
                list(Duration.ZERO, 1);
            }

            @Override
            public void received(List<GitpodEvent> events) {
                inbox.received(events);
                events.stream()
                        .filter(event -> isOfEnvironment(event) && event.resourceId() != null)
                        .forEach(EnvironmentStreams.this::happened);
            }

            @Override
            public void skipped(StreamGap gap) {
                inbox.skipped(gap);
            }
        };
    }

    private synchronized void happened(GitpodEvent event) {
        String id = event.resourceId();
        if (Operations.DELETE.equals(event.operation())) {
            if (known.went(id)) {
                run.executeLater(LINGER, () -> gone(id));
            }
        } else if (known.came(id)) {
            StreamGap unlisted = unlistedGap;
            boolean isNew = unlisted == null || Operations.CREATE.equals(event.operation());
            waiting.put(id, stream -> {
                if (isNew) {
                    stream.wantedSince(event.receivedAt());
                } else {
                    stream.missedSince(unlisted.from(), unlisted.reason());
                }
            });
            holding.want();
        }
    }

    /** There is no such environment any more. */
    synchronized void gone(String id) {
        known.forget(id);
        streaming.remove(id);
        waiting.remove(id);
        closing.accept(id);
        holding.want();
    }

    /** Since when environments may have come that are not known yet; null: there are none. */
    synchronized Instant unlistedSince() {
        return unlistedGap == null ? null : unlistedGap.from();
    }

    private synchronized void missed(StreamGap gap) {
        unlistedGap = unlistedGap == null ? gap : unlistedGap.and(gap);
    }

    private void list(Duration wait, int attempt) {
        int number = listingBegins();
        StreamsRun current = run;
        current.executeLater(wait, () -> list(current, attempt, number));
    }

    private synchronized int listingBegins() {
        return known.listingBegins();
    }

    private void list(StreamsRun current, int attempt, int number) {
        Set<String> listed;
        try {
            listed = lister.list(current.client(), ResourceListing.ENVIRONMENTS).keySet();
        } catch (IOException | RuntimeException | Error e) {
            if (attempt == 1) {
                LOG.warn("The environments cannot be listed now: {}", e.toString());
            }
            if (isLastListing(number)) {
                list(backoff.afterFailures(attempt), attempt + 1);
            }
            return;
        }
        listed(listed, number);
    }

    private synchronized boolean isLastListing(int number) {
        return known.isLastListing(number);
    }

    private synchronized void listed(Set<String> listed, int number) {
        if (!known.isLastListing(number)) {
            // There was another connection meanwhile, which has its own listing.
            return;
        }
        StreamGap gap = unlistedGap;
        unlistedGap = null;
        known.goneFrom(listed).forEach(this::gone);
        known.listed(listed);
        holdStreams(stream -> {
            if (gap != null) {
                stream.missedSince(gap.from(), gap.reason());
            }
        });
        positions.forgetUnopened();
    }

    /** @param first prepares a stream that is opened now */
    private void holdStreams(Consumer<EventStream> first) {
        if (known.size() > maxStreams && limit.begins()) {
            LOG.warn(
                    "There are {} environments, more than maxStreams={}: the newest ones have a stream, and of what happens"
                            + " inside the others nothing is delivered",
                    known.size(),
                    maxStreams);
        }
        List<String> wanted = known.newest(maxStreams);
        List<String> surplus = streaming.stream()
                .filter(id -> !wanted.contains(id) && known.contains(id))
                .toList();
        surplus.forEach(id -> {
            streaming.remove(id);
            closing.accept(id);
        });
        for (String id : wanted) {
            if (!streaming.contains(id) && opening.test(id, waiting.getOrDefault(id, first))) {
                streaming.add(id);
            }
        }
        // What could not be opened now, because the streams are being stopped, waits on.
        waiting.keySet().removeIf(id -> streaming.contains(id) || !wanted.contains(id));
    }
}
