package io.github.camelgitpod.event;

import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.event.group.ConsumerStreams;
import io.github.camelgitpod.event.recovery.Reconciler;
import io.github.camelgitpod.event.stream.StreamListener;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.util.function.Consumer;

/** What the streams of one consumer have to do with: the route, people, and the ways to recover what was missed. */
record EventOutside(EventConsumer consumer, EventDelivery delivery, EventRecovery recovery)
        implements ConsumerStreams.Outside {

    @Override
    public boolean event(String environmentId, GitpodEvent event, StreamGap gap) {
        return delivery.event(environmentId, event, gap);
    }

    @Override
    public void gap(String environmentId, StreamGap gap) {
        delivery.gap(environmentId, gap);
    }

    @Override
    public void gapClosed(String environmentId, ClosedGap gap) {
        delivery.gapClosed(environmentId, gap);
    }

    @Override
    public StreamListener listener(EventQuery query, Consumer<Runnable> inOrder) {
        String scope = query.environmentId() == null ? "the organization" : "environment " + query.environmentId();
        String name = "The event stream of " + scope + " at " + consumer.baseUrl();
        return new EventReporter(consumer, name, inOrder);
    }

    @Override
    public Reconciler reconciler(EventQuery query) {
        return recovery.reconciler(query);
    }
}
