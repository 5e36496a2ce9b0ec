package io.github.camelgitpod.event;

import io.github.camelgitpod.consumer.Lookout;
import io.github.camelgitpod.event.group.Workers;
import java.util.concurrent.ExecutorService;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.DefaultConsumer;

/** The threads of one consumer, made and ended by Camel, and its part of those that all share. */
final class EventThreads {
    private final ExecutorServiceManager executors;
    private final ExecutorService streams;
    private final Lookout watch;

    EventThreads(DefaultConsumer consumer) {
        this.executors = consumer.getEndpoint().getCamelContext().getExecutorServiceManager();
        this.streams = executors.newCachedThreadPool(consumer, "gitpod-events");
        this.watch = new Lookout(consumer.getEndpoint().getCamelContext());
    }

    Workers workers() {
        return new Workers(streams, watch::later);
    }

    /** Returns when the exchange under way has ended, or Camel's time for that is over. */
    void stop() {
        executors.shutdownGraceful(streams);
        watch.close();
    }
}
