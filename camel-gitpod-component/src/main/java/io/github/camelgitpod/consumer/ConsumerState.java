package io.github.camelgitpod.consumer;

import io.github.camelgitpod.StateConfiguration;
import io.github.camelgitpod.state.CrashSafeFileStateRepository;
import io.github.camelgitpod.state.EarlierState;
import io.github.camelgitpod.state.ForeignStates;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a consumer keeps its state, by the endpoint's options. */
public final class ConsumerState {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerState.class);

    private final StateConfiguration options;
    private final String resource;
    private final String baseUrl;
    /** As it was given. */
    private final StateRepository<String, String> place;

    private final StateRepository<String, String> repository;

    /**
     * @param options  where to keep it
     * @param memory   used when the options name no place
     * @param resource what the consumer reads; part of the key
     * @param baseUrl  the server it reads from; part of the key of a route without an id of its own
     * @throws IllegalArgumentException when the options name two places
     */
    public ConsumerState(StateConfiguration options, MemoryStateRepository memory, String resource, String baseUrl) {
        this.options = options;
        this.resource = resource;
        this.baseUrl = baseUrl;
        if (options.getStateRepository() != null && options.getStateDirectory() != null) {
            throw new IllegalArgumentException("Options stateRepository and stateDirectory="
                    + options.getStateDirectory() + " are two places for one state; allowed: one of them");
        }
        if (options.getStateRepository() != null) {
            place = options.getStateRepository();
        } else if (options.getStateDirectory() != null) {
            place = new CrashSafeFileStateRepository(directory());
        } else {
            place = memory;
        }
        repository = ForeignStates.of(place);
    }

    /** The server that the consumer reads from. */
    public String address() {
        return baseUrl;
    }

    /** Keeps the state; started by {@link #start}. */
    public StateRepository<String, String> repository() {
        return repository;
    }

    /** Whether a restart of the process forgets it. */
    public boolean isInMemory() {
        return place instanceof MemoryStateRepository;
    }

    /** Whether a consumer on another machine may go on with it. */
    public boolean isShared() {
        return !isInMemory() && !isInOwnFiles();
    }

    /** Whether it is kept in files of this consumer's own. */
    public boolean isInOwnFiles() {
        return options.getStateDirectory() != null;
    }

    /** The directory of these files; null: there is none. */
    public Path directory() {
        return isInOwnFiles() ? Path.of(options.getStateDirectory()) : null;
    }

    /**
     * Starts the repository, if another route has not started it already.
     *
     * @throws IllegalArgumentException when another consumer of the application has the state of this key
     */
    public void start(StateKey key, DefaultConsumer consumer) throws IOException {
        ServiceHelper.startService(place);
        claims(consumer).claim(new StateClaims.State(place(), key.text()), consumer);
        if (!key.isChosen()) {
            LOG.warn(
                    "{} has no id that was given to its route, so its state has the key {}, made of base URL and filter: with"
                            + " another filter or base URL it begins anew. Give the route an id, or set stateKey;"
                            + " stateKey={} keeps the state that is there",
                    ConsumerName.of(consumer),
                    key,
                    key);
        }
    }

    /**
     * Takes over what an earlier version kept under another key, if there is nothing under this one; after the start.
     *
     * @param earlier tells whether that is this consumer's
     * @throws IllegalStateException when it cannot be read, or another process uses it
     */
    public void takeOver(StateKey key, DefaultConsumer consumer, EarlierState earlier) throws IOException {
        if (repository.getState(key.text()) != null) {
            return;
        }
        // Not started, it reads without owning, so that nothing is taken from a consumer that is at work.
        StateRepository<String, String> before =
                isInOwnFiles() ? new CrashSafeFileStateRepository(directory()) : repository;
        for (String from : key.earlier()) {
            if (claims(consumer).isClaimed(new StateClaims.State(place(), from))) {
                continue;
            }
            if (earlier.takeOver(before, from, repository, key.text())) {
                LOG.info(
                        "{} goes on with the state {} of an earlier version, as {}",
                        ConsumerName.of(consumer),
                        from,
                        key);
                return;
            }
            if (before.getState(from) != null) {
                LOG.warn(
                        "{} does not use the state {}, which is of another filter, base URL or route. If it is its own after"
                                + " all, set stateKey={}",
                        ConsumerName.of(consumer),
                        from,
                        from);
            }
        }
        if (key.isChosen()
                && !claims(consumer).isClaimed(new StateClaims.State(place(), key.nameless()))
                && before.getState(key.nameless()) != null) {
            LOG.warn(
                    "{} begins anew: there is no state {}. One of the same filter and base URL has the key {}, of a route without"
                            + " an id. If it is this route's from before it had one, set stateKey={}",
                    ConsumerName.of(consumer),
                    key,
                    key.nameless(),
                    key.nameless());
        }
    }

    /** By its real path, so that two ways to one directory meet. */
    private Object place() throws IOException {
        return isInOwnFiles() ? directory().toRealPath() : place;
    }

    private static StateClaims claims(DefaultConsumer consumer) {
        return StateClaims.of(consumer.getEndpoint().getCamelContext());
    }

    /** Stops the repository if it is this consumer's own. That releases a lock, so that another process can take over. */
    public void stop(DefaultConsumer consumer) {
        claims(consumer).release(consumer);
        if (isInOwnFiles()) {
            ServiceHelper.stopService(place);
        }
    }

    /**
     * The key of a consumer's state; its route has to be known.
     *
     * @param source what is read, without the base URL
     */
    public StateKey key(DefaultConsumer consumer, String source) {
        return StateKey.of(options.getStateKey(), consumer.getRoute(), resource, baseUrl, source);
    }
}
