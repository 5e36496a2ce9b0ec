package io.github.camelgitpod.event.group;

import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.event.recovery.GapRecovery;
import io.github.camelgitpod.event.stream.EventStream;
import io.github.camelgitpod.event.stream.StreamClock;
import io.github.camelgitpod.event.stream.StreamInbox;
import io.github.camelgitpod.event.stream.StreamListener;
import io.github.camelgitpod.event.stream.StreamSettings;
import io.github.camelgitpod.state.StreamPosition;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes streams, each with its ledger and its way to the queue. */
final class StreamMaker {
    private final StreamSettings settings;
    private final BiFunction<EventQuery, Consumer<Runnable>, StreamListener> listeners;
    private final Function<EventQuery, GapRecovery> recoveries;
    private final DeliveryQueue queue;
    private final EnvironmentStreams environments;
    private final StreamClock clock;
    private final Executor executor;

    /**
     * @param environments gets to know what the organization's stream brings; null: there is no stream for each environment
     * @param executor     for the connections that replace others
     */
    StreamMaker(
            StreamSettings settings,
            BiFunction<EventQuery, Consumer<Runnable>, StreamListener> listeners,
            Function<EventQuery, GapRecovery> recoveries,
            DeliveryQueue queue,
            EnvironmentStreams environments,
            StreamClock clock,
            Executor executor) {
        this.settings = settings;
        this.listeners = listeners;
        this.recoveries = recoveries;
        this.queue = queue;
        this.environments = environments;
        this.clock = clock;
        this.executor = executor;
    }

    /** @param position where an earlier process left the stream; of a new one: since when it is wanted */
    HeldStream make(EventQuery query, StreamPosition position) {
        boolean organizationToo = environments != null && query.environmentId() != null;
        // The organization's stream recovers what is inside the environments too.
        GapRecovery recovery = organizationToo ? GapRecovery.none() : recoveries.apply(query);
        DeliveryLedger ledger = new DeliveryLedger(query.environmentId(), recovery, position);
        // It has the events of the environment itself too.
        StreamInbox inbox = new QueuedInbox(
                queue, ledger, event -> !(organizationToo && EnvironmentStreams.isOfEnvironment(event)));
        if (environments != null && !organizationToo) {
            inbox = environments.watching(inbox);
        }
        StreamListener listener = listeners.apply(query, action -> queue.add(new Parcel.Task(ledger, action)));
        EventStream stream = new EventStream(
                query, settings, listener, inbox, queue.capacity().of(ledger), clock, executor);
        ledger.follow(stream::receivedUpTo);
        if (environments != null && !organizationToo) {
            environments.follow(stream::behindSince);
        }
        return new HeldStream(stream, ledger);
    }
}
