package io.github.camelgitpod;

import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.GitpodEvent;
import io.github.camelgitpod.event.ClosedGap;
import io.github.camelgitpod.event.Reconciler;
import io.github.camelgitpod.event.StreamGap;
import io.github.camelgitpod.event.StreamGroup;
import io.github.camelgitpod.event.StreamListener;
import java.util.function.Consumer;

/** What the streams of one consumer have to do with: the route, people, and the ways to recover what was missed. */
record EventOutside(EventConsumer consumer, EventDelivery delivery, EventRecovery recovery)
        implements StreamGroup.Outside {

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
        String name =
                "The event stream of " + scope + " at " + consumer.getEndpoint().getBaseUrl();
        return new EventReporter(consumer, name, inOrder);
    }

    @Override
    public Reconciler reconciler(EventQuery query) {
        return recovery.reconciler(query);
    }
}
