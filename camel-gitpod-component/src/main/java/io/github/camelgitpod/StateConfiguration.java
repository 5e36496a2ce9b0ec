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
            description =
                    "Directory in which the consumer's state is kept, crash-safe. Not together with stateRepository.")
    private String stateDirectory;

    @UriParam(
            label = "consumer,advanced",
            description =
                    "Key under which the state is kept. Default: the id that the route was given, with /auditLogs or /events, or"
                            + " where it was given none a hash of base URL and filter.")
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

    /** Directory in which the consumer's state is kept, crash-safe. Not together with a repository. */
    public void setStateDirectory(String stateDirectory) {
        this.stateDirectory = stateDirectory;
    }

    public String getStateKey() {
        return stateKey;
    }

    /** Key under which the state is kept. Null: by the id that the route was given, or by what is read. */
    public void setStateKey(String stateKey) {
        this.stateKey = stateKey;
    }
}
