package io.github.camelgitpod.event;

import io.github.camelgitpod.event.group.Workers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.DefaultConsumer;

/** The threads of one consumer, made and ended by Camel. */
final class EventThreads {
    private final ExecutorServiceManager executors;
    private final ExecutorService streams;
    private final ScheduledExecutorService watch;

    EventThreads(DefaultConsumer consumer) {
        this.executors = consumer.getEndpoint().getCamelContext().getExecutorServiceManager();
        this.streams = executors.newCachedThreadPool(consumer, "gitpod-events");
        this.watch = executors.newSingleThreadScheduledExecutor(consumer, "gitpod-events-watch");
    }

    Workers workers() {
        return new Workers(streams, watch);
    }

    /** Returns when the exchange under way has ended, or Camel's time for that is over. */
    void stop() {
        executors.shutdownGraceful(streams);
        executors.shutdownNow(watch);
    }
}
