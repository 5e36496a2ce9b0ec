package io.github.camelgitpod;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.connection.Connections;
import io.github.camelgitpod.connection.TokenProperty;
import io.github.camelgitpod.consumer.ClusteredRoutes;
import io.github.camelgitpod.consumer.RunningConsumers;
import io.github.camelgitpod.model.JsonBacked;
import io.github.camelgitpod.option.OptionErrors;
import io.github.camelgitpod.option.StrictConfigurer;
import io.github.camelgitpod.option.TokenInUri;
import io.github.camelgitpod.option.UnknownOptions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.Route;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;

/** Makes the endpoints, and holds what they share: connections, and the gates of their credentials. */
@Component("gitpod")
public class GitpodComponent extends HealthCheckComponent implements SSLContextParametersAware {
    private final Connections connections = new Connections(
            this::getCamelContext,
            () -> getConfiguration().getAccessToken(),
            this::retrieveGlobalSslContextParameters,
            () -> nanoTime());

    @Metadata(description = "The options that all endpoints of the component begin with.")
    private GitpodConfiguration configuration = new GitpodConfiguration();

    @Metadata(label = "security", defaultValue = "false", description = "Whether to use Camel's global TLS settings.")
    private boolean useGlobalSslContextParameters;

    private InstantSource clock = InstantSource.system();
    private LongSupplier nanoTime = System::nanoTime;

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
        GitpodConfiguration own = configuration.copy();
        // A token that stays null is read from the component at each request, so that a rotated one is used.
        own.setAccessToken(null);
        GitpodEndpoint endpoint = new GitpodEndpoint(
                uri,
                this,
                GitpodResource.find(remaining).orElse(GitpodResource.auditLogs),
                own,
                connections,
                () -> clock.instant(),
                this::nanoTime);
        try {
            configure(endpoint, uri, remaining, parameters);
        } catch (IllegalArgumentException wrong) {
            endpoint.refuse(wrong);
            parameters.clear();
        }
        return endpoint;
    }

    private void configure(GitpodEndpoint endpoint, String uri, String path, Map<String, Object> parameters)
            throws Exception {
        GitpodResource.parse(path);
        TokenInUri.check(uri, parameters);
        boolean pieces = TokenInUri.hasPieces(uri, parameters);
        endpoint.written(parameters.keySet());
        PollingTimes.toMilliseconds(parameters);
        Set<String> unknown = parameters.keySet();
        try {
            setProperties(endpoint, parameters);
        } catch (PropertyBindingException e) {
            PropertyConfigurerGetter types = (PropertyConfigurerGetter) getEndpointPropertyConfigurer();
            if (types.getOptionType(e.getPropertyName(), true) != null) {
                throw OptionErrors.notSet(e, types, "accessToken");
            }
            unknown = Set.of(e.getPropertyName());
        }
        if (!unknown.isEmpty()) {
            throw UnknownOptions.error(unknown, new GitpodEndpointUriFactory().propertyNames(), pieces);
        }
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        TypeConverterRegistry converters = getCamelContext().getTypeConverterRegistry();
        // Camel finds them by a file, which all jars have under one name: one jar made of several may have lost it.
        if (converters.lookup(JsonNode.class, JsonBacked.class) == null) {
            new GitpodConverterLoader().load(converters);
        }
        ClusteredRoutes.lookFor(getCamelContext(), GitpodEndpoint.class::isInstance);
    }

    /**
     * The consumer that brings a route its exchanges, also behind {@code master:}; for its figures and operations.
     *
     * @param routeId of the route
     * @return null: it does not run here, or is no consumer of {@code gitpod:}
     */
    public Consumer consumer(String routeId) {
        Route route = getCamelContext().getRoute(routeId);
        return route == null
                ? null
                : RunningConsumers.of(getCamelContext()).behind(route).orElse(null);
    }

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return strict(super.getComponentPropertyConfigurer());
    }

    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return strict(super.getEndpointPropertyConfigurer());
    }

    /** Null before the component is built. */
    private static PropertyConfigurer strict(PropertyConfigurer generated) {
        return generated == null ? null : new StrictConfigurer(generated);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        configuration.setAccessToken(TokenProperty.asWritten(getCamelContext(), this, configuration.getAccessToken()));
    }

    @Override
    protected void doShutdown() throws Exception {
        connections.close();
        super.doShutdown();
    }

    private long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** This machine's clock; for tests. */
    void setClock(InstantSource clock) {
        this.clock = clock;
    }

    /** The monotonic clock by which health judges; for tests. */
    void setNanoTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
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
