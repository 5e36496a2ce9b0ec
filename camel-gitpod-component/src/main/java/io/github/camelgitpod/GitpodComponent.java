package io.github.camelgitpod;

import io.github.camelgitpod.connection.Connections;
import io.github.camelgitpod.option.OptionErrors;
import java.time.InstantSource;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;

/** Makes the endpoints, and holds what they share: connections, and the gates of their credentials. */
@Component("gitpod")
public class GitpodComponent extends HealthCheckComponent implements SSLContextParametersAware {
    private final Connections connections = new Connections(
            this::getCamelContext, () -> getConfiguration().getAccessToken(), this::retrieveGlobalSslContextParameters);

    @Metadata(description = "The options that all endpoints of the component begin with.")
    private GitpodConfiguration configuration = new GitpodConfiguration();

    @Metadata(label = "security", defaultValue = "false", description = "Whether to use Camel's global TLS settings.")
    private boolean useGlobalSslContextParameters;

    private InstantSource clock = InstantSource.system();

    /** For Camel, which sets the context later. */
    public GitpodComponent() {
        this(null);
    }

    /** @param context null: set later */
    public GitpodComponent(CamelContext context) {
        super(context);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        GitpodResource resource = GitpodResource.parse(remaining);
        resource.refuseOptionsOfOthers(parameters.keySet());
        GitpodConfiguration own = configuration.copy();
        // A token that stays null is read from the component at each request, so that a rotated one is used.
        own.setAccessToken(null);
        GitpodEndpoint endpoint = new GitpodEndpoint(uri, this, resource, own, connections, () -> clock.instant());
        try {
            setProperties(endpoint, parameters);
        } catch (PropertyBindingException e) {
            throw OptionErrors.notConverted(e, getEndpointPropertyConfigurer());
        }
        return endpoint;
    }

    @Override
    protected void doShutdown() throws Exception {
        connections.close();
        super.doShutdown();
    }

    /** This machine's clock; for tests. */
    void setClock(InstantSource clock) {
        this.clock = clock;
    }

    public GitpodConfiguration getConfiguration() {
        return configuration;
    }

    /** The options that all endpoints of the component begin with. */
    public void setConfiguration(GitpodConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }
}
