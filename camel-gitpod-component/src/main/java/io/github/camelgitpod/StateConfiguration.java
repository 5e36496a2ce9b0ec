package io.github.camelgitpod;

import org.apache.camel.spi.StateRepository;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** Where a consumer keeps what it has to know after a restart: the options of both resources, as they are written. */
@UriParams
public class StateConfiguration {
    @UriParam(
            label = "consumer",
            description = "Where the audit log's cursor, or the time until when the event stream is known, is kept."
                    + " Default: in memory, so that a restart of the process begins at the option from again, and the event"
                    + " stream's gap is not known.")
    private StateRepository<String, String> stateRepository;

    @UriParam(
            label = "consumer",
            description = "The short way to keep it: in files of this directory, in a way that survives crashes.")
    private String stateDirectory;

    @UriParam(
            label = "consumer,advanced",
            description = "Under which key it is kept. Default: the route id with /auditLogs or /events, or without a"
                    + " route id a hash of base URL and filter.")
    private String stateKey;

    public StateRepository<String, String> getStateRepository() {
        return stateRepository;
    }

    /** Where the state is kept. Null: in memory, unless there is a directory. */
    public void setStateRepository(StateRepository<String, String> stateRepository) {
        this.stateRepository = stateRepository;
    }

    public String getStateDirectory() {
        return stateDirectory;
    }

    /** The short way to keep the state: in files of this directory, in a way that survives crashes. */
    public void setStateDirectory(String stateDirectory) {
        this.stateDirectory = stateDirectory;
    }

    public String getStateKey() {
        return stateKey;
    }

    /** Under which key the state is kept. Null: by the route id. */
    public void setStateKey(String stateKey) {
        this.stateKey = stateKey;
    }
}
