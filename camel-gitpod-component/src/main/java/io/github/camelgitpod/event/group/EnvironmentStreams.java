package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.FailureText;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.client.ToldOnce;
import io.github.camelgitpod.event.recovery.Operations;
import io.github.camelgitpod.event.recovery.ResourceLister;
import io.github.camelgitpod.event.recovery.ResourceScope;
import io.github.camelgitpod.event.stream.StreamInbox;
import io.github.camelgitpod.model.GapReasons;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a stream for each environment, as environments come and go. It learns of them from the organization's stream, and
 * from a listing each time when that stream may have missed something. When there are too many, only the newest have one, of those
 * that may be watched; the stream of one that gets its turn later begins with a gap.
 */
final class EnvironmentStreams {
    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentStreams.class);
    /** Events from inside an environment may come a little after its deletion. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    /** A listing that was not done so long after the connection misses what happened inside the environments since. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private final Holder holder;
    private final StreamPositions positions;
    private final InstantSource clock;
    private final int maxStreams;
    private final Backoff backoff;
    private final ResourceLister lister = new ResourceLister(new ResourceScope(new EventQuery(null, List.of())));
    private final KnownEnvironments known = new KnownEnvironments();
    /** Those that have a stream, and since when. */
    private final Map<String, Instant> streaming = new HashMap<>();
    /** Of environments that came since streams were opened last. */
    private final Map<String, Beginning> waiting = new HashMap<>();
    /** Those that the token's owner may not watch. */
    private final Set<String> refused = new HashSet<>();

    private final Paced holding = new Paced(this, this::holdStreams);
    private final ToldOnce limit = new ToldOnce();
    /** What the organization's stream has missed since the last listing; null: nothing. */
    private StreamGap unlistedGap;
    /** Since when there is a connection without a listing; null: all were listed. */
    private Instant unlistedSince;

    private volatile StreamsRun run;
    /** Since when what the organization's stream brings may have waited; gives null: it comes now. */
    private volatile Supplier<Instant> behindSince = () -> null;

    /** Has the streams. */
    interface Holder {
        /**
         * Opens the stream of an environment, unless there is one.
         *
         * @param beginning how it begins when nothing is known of it
         * @return false: it cannot be opened now
         */
        boolean open(String id, Beginning beginning);

        /** There is no such environment any more. What its stream brought, if there was one, is delivered all the same. */
        void close(String id);

        /**
         * Closes the stream of an environment, if there is one, and keeps where it stands for when there is room again.
         *
         * @param since where it stands when nothing is known of it
         */
        void makeRoom(String id, Instant since);
    }

    /**
     * @param positions of streams that are not open, those of environments that are no more included
     * @param clock     whose moments streams go by
     */
    EnvironmentStreams(Holder holder, StreamPositions positions, InstantSource clock, int maxStreams, Backoff backoff) {
        this.holder = holder;
        this.positions = positions;
        this.clock = clock;
        this.maxStreams = maxStreams;
        this.backoff = backoff;
    }

    /** To be called before the organization's stream is opened. */
    synchronized void open(StreamsRun opened) {
        run = opened;
        refused.clear();
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
                connected(gap);
                list(Duration.ZERO, 1);
            }

            @Override
            public void ended(Instant until) {
                inbox.ended(until);
            }

            @Override
            public void received(List<GitpodEvent> events, Instant before) {
                inbox.received(events, before);
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

    /** @param since when what the organization's stream brings now may have come already; gives null: it comes now */
    void follow(Supplier<Instant> since) {
        behindSince = since;
    }

    private synchronized void happened(GitpodEvent event) {
        String id = event.resourceId();
        if (Operations.DELETE.equals(event.operation())) {
            if (known.went(id)) {
                run.executeLater(LINGER, () -> lingered(id));
            }
            return;
        }
        boolean created = Operations.CREATE.equals(event.operation());
        if (created && known.isLingering(id)) {
            // It is another one of that id: the stream of the one before may end any moment.
            gone(id);
        }
        if (known.came(id)) {
            boolean isNew = unlistedGap == null || created;
            waiting.put(id, isNew ? beginningOfNew(event.receivedAt()) : after(unlistedGap));
            holding.want();
        }
    }

    /** It may have come long before it was read that it did. */
    private Beginning beginningOfNew(Instant receivedAt) {
        Instant since = behindSince.get();
        return since == null ? new Beginning(receivedAt, null) : new Beginning(since, GapReasons.LATE);
    }

    private synchronized void lingered(String id) {
        if (known.isLingering(id)) {
            gone(id);
        }
    }

    /** There is no such environment any more. */
    synchronized void gone(String id) {
        known.forget(id);
        streaming.remove(id);
        waiting.remove(id);
        refused.remove(id);
        holder.close(id);
        holding.want();
    }

    /** Whether the server refuses the stream. Then it makes room for others when there are too many. */
    synchronized void refused(String id, boolean isRefused) {
        boolean changed = isRefused ? known.contains(id) && refused.add(id) : refused.remove(id);
        if (changed && known.size() > maxStreams) {
            holding.want();
        }
    }

    /** Since when environments may have come that are not known yet, or wait for their stream; null: there are none. */
    synchronized Instant unopenedSince() {
        return Stream.concat(
                        Stream.ofNullable(unlistedGap).map(StreamGap::from),
                        waiting.values().stream().map(Beginning::since))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private synchronized void connected(StreamGap gap) {
        unlistedGap = unlistedGap == null ? gap : unlistedGap.and(gap);
        unlistedSince = unlistedSince == null ? clock.instant() : unlistedSince;
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
                LOG.warn("The environments cannot be listed now: {}", FailureText.of(e));
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
        Beginning beginning = beginningOfListed();
        unlistedGap = null;
        unlistedSince = null;
        known.goneFrom(listed).forEach(this::gone);
        known.listed(listed);
        holdStreams(beginning);
        LOG.info(
                "Environments with an event stream of their own: {} of {}; of those that come later DEBUG tells",
                streaming.size(),
                known.size());
        positions.forgetUnopenedExcept(known::contains);
    }

    /** Of those that the listing shows, and no event told of. */
    private Beginning beginningOfListed() {
        if (unlistedGap != null) {
            return after(unlistedGap);
        }
        Instant now = clock.instant();
        boolean isLate = Duration.between(unlistedSince, now).compareTo(LATE) >= 0;
        return isLate ? new Beginning(unlistedSince, GapReasons.LATE) : new Beginning(now, null);
    }

    private static Beginning after(StreamGap gap) {
        return new Beginning(gap.from(), gap.reason());
    }

    /** Of all there are, an event has told, or an earlier listing. */
    private void holdStreams() {
        holdStreams(new Beginning(clock.instant(), null));
    }

    /** @param other how the streams of those begin of which no event told */
    private void holdStreams(Beginning other) {
        if (known.size() > maxStreams && limit.begins()) {
            LOG.warn(
                    "There are {} environments, more than maxStreams={}: the newest ones have a stream, and of what happens"
                            + " inside the others nothing is delivered",
                    known.size(),
                    maxStreams);
        }
        Set<String> wanted = new LinkedHashSet<>(known.newest(maxStreams, refused));
        // Also those that never had a stream: theirs will begin with a gap, too.
        known.all().filter(id -> !wanted.contains(id)).forEach(id -> makeRoom(id, waiting.getOrDefault(id, other)));
        for (String id : wanted) {
            Beginning beginning = waiting.getOrDefault(id, other);
            if (!streaming.containsKey(id) && holder.open(id, beginning)) {
                streaming.put(id, beginning.since());
            }
        }
        // What could not be opened now, because the streams are being stopped, waits on.
        waiting.keySet().removeIf(id -> streaming.containsKey(id) || !wanted.contains(id));
    }

    private void makeRoom(String id, Beginning never) {
        Instant since = streaming.remove(id);
        holder.makeRoom(id, since == null ? never.since() : since);
    }
}
