package io.github.camelgitpod.consumer;

import io.github.camelgitpod.StateConfiguration;
import io.github.camelgitpod.state.CrashSafeFileStateRepository;
import io.github.camelgitpod.state.SourceHash;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.apache.camel.support.service.ServiceHelper;

/** Where a consumer keeps its state, by the endpoint's options. */
public final class ConsumerState {
    private final StateConfiguration options;
    private final String resource;
    private final String baseUrl;
    private final StateRepository<String, String> repository;

    /**
     * @param options  where to keep it
     * @param memory   used when the options name no place
     * @param resource what the consumer reads; part of the key
     * @param baseUrl  the server it reads from; part of the key of a route without an id
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
            repository = options.getStateRepository();
        } else if (options.getStateDirectory() != null) {
            repository = new CrashSafeFileStateRepository(directory());
        } else {
            repository = memory;
        }
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
        return repository instanceof MemoryStateRepository;
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
    public void start(String key, DefaultConsumer consumer) throws IOException {
        ServiceHelper.startService(repository);
        claims(consumer).claim(new StateClaims.State(place(), key), consumer);
    }

    /** By its real path, so that two ways to one directory meet. */
    private Object place() throws IOException {
        return isInOwnFiles() ? directory().toRealPath() : repository;
    }

    private static StateClaims claims(DefaultConsumer consumer) {
        return StateClaims.of(consumer.getEndpoint().getCamelContext());
    }

    /** Stops the repository if it is this consumer's own. That releases a lock, so that another process can take over. */
    public void stop(DefaultConsumer consumer) {
        claims(consumer).release(consumer);
        if (isInOwnFiles()) {
            ServiceHelper.stopService(repository);
        }
    }

    /**
     * The key of this consumer's state.
     *
     * @param routeId null: the route has none, and a hash of the source takes its place
     * @param source  what is read, without the base URL
     */
    public String key(String routeId, String source) {
        if (options.getStateKey() != null) {
            return options.getStateKey();
        }
        return routeId != null ? routeId + "/" + resource : resource + "-" + SourceHash.of(baseUrl, source);
    }
}
