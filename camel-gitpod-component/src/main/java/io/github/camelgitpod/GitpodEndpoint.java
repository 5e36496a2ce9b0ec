package io.github.camelgitpod;

import io.github.camelgitpod.auditlog.AuditLogConfiguration;
import io.github.camelgitpod.auditlog.AuditLogConsumer;
import io.github.camelgitpod.auditlog.AuditLogProducer;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.RequestMeter;
import io.github.camelgitpod.connection.Connections;
import io.github.camelgitpod.consumer.ClusteredRoutes;
import io.github.camelgitpod.consumer.ConsumerState;
import io.github.camelgitpod.consumer.PollRefusal;
import io.github.camelgitpod.event.EventConfiguration;
import io.github.camelgitpod.event.EventConsumer;
import io.github.camelgitpod.option.OptionChecks;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.apache.camel.util.StringHelper;

/** Read the audit log and the live event stream of Gitpod (Ona), without losing an entry. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "gitpod",
        title = "Gitpod",
        syntax = "gitpod:resource",
        category = {Category.CLOUD, Category.MONITORING},
        headersClass = GitpodConstants.class)
public class GitpodEndpoint extends ScheduledPollEndpoint implements EndpointServiceLocation, MultipleConsumersSupport {
    private static final long DEFAULT_DELAY = 30_000;
    private static final AtomicLong REFUSED = new AtomicLong();

    private final Connections connections;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private IllegalArgumentException wrong;
    private Set<String> written = Set.of();

    /** For consumers without a repository; here, since Camel makes a new consumer when a route is restarted. */
    private final MemoryStateRepository memoryStateRepository = new MemoryStateRepository();

    @UriPath(description = "What to read.")
    @Metadata(required = true)
    private final GitpodResource resource;

    @UriParam
    private final GitpodConfiguration configuration;

    @UriParam
    private final StateConfiguration stateConfiguration = new StateConfiguration();

    @UriParam
    private final AuditLogConfiguration auditLogConfiguration = new AuditLogConfiguration();

    @UriParam
    private final EventConfiguration eventConfiguration = new EventConfiguration();

    @UriParam(
            label = "consumer,scheduler",
            javaType = "java.time.Duration",
            defaultValue = "30s",
            description = "How long to wait before the next poll. gitpod:auditLogs only.")
    private long delay = DEFAULT_DELAY;

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description =
                    "Whether what was read together comes in one exchange, with the list of it as the body: the entries of a page, after"
                            + " which the cursor is saved; or the lines of the event stream that were received together, never across a gap,"
                            + " with the headers of the first.")
    private boolean batching;

    GitpodEndpoint(
            String uri,
            Component component,
            GitpodResource resource,
            GitpodConfiguration configuration,
            Connections connections,
            InstantSource clock,
            LongSupplier nanoTime) {
        super(uri, component);
        this.resource = resource;
        this.configuration = configuration;
        this.connections = connections;
        this.clock = clock;
        this.nanoTime = nanoTime;
        setDelay(DEFAULT_DELAY);
    }

    /**
     * Makes the endpoint fail at its first use. Not at once, since Camel would repeat the whole URI, and the value of a misspelt
     * accessToken with it: it masks only names that it knows. Each refused one has a URI of its own, since toD keeps a producer
     * for each.
     */
    void refuse(IllegalArgumentException wrong) {
        this.wrong = wrong;
        setEndpointUri(
                StringHelper.before(getEndpointUri(), "?", getEndpointUri()) + "#refused-" + REFUSED.incrementAndGet());
    }

    /** The options that the URI has. */
    void written(Set<String> options) {
        written = Set.copyOf(options);
    }

    private void refuseWrongOptions(OptionRole role) {
        // First: the value of an option that does not belong here is of no interest.
        resource.refuseOptionsOfOthers(written, role);
        if (wrong != null) {
            throw wrong;
        }
        role.refuseOptionsOfTheOther(written);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        try {
            return makeConsumer(processor);
        } catch (RuntimeException e) {
            ClusteredRoutes.failed(getCamelContext(), processor, e);
            throw e;
        }
    }

    private Consumer makeConsumer(Processor processor) throws Exception {
        refuseWrongOptions(OptionRole.consumer);
        if (processor instanceof PollingConsumer) {
            // Another endpoint is polled, such as master:, which makes its consumer here.
            throw PollRefusal.refusal();
        }
        OptionChecks.longerThanZero("delay", delay);
        OptionChecks.notBlank("stateDirectory", stateConfiguration.getStateDirectory());
        OptionChecks.notBlank("stateKey", stateConfiguration.getStateKey());
        Function<RequestMeter, GitpodClient> clients = meter -> connections.open(configuration, meter);
        ConsumerState state =
                new ConsumerState(stateConfiguration, memoryStateRepository, resource.name(), getServiceUrl());
        Consumer consumer =
                switch (resource) {
                    case auditLogs ->
                        new AuditLogConsumer(this, processor, auditLogConfiguration, clients, state, clock, nanoTime);
                    case events -> new EventConsumer(this, processor, eventConfiguration, clients, state, nanoTime);
                };
        configureConsumer(consumer);
        return consumer;
    }

    /** Not Camel's, which takes what was put into a queue for delivered. */
    @Override
    public PollingConsumer createPollingConsumer() {
        refuseWrongOptions(OptionRole.consumer);
        throw PollRefusal.refusal();
    }

    @Override
    public Producer createProducer() {
        if (resource == GitpodResource.events) {
            throw new UnsupportedOperationException(
                    "gitpod:events has no producer; allowed: from(\"gitpod:events\"), or to(\"gitpod:auditLogs\")");
        }
        refuseWrongOptions(OptionRole.producer);
        return new AuditLogProducer(
                this,
                auditLogConfiguration,
                () -> connections.open(configuration, new RequestMeter(nanoTime)),
                clock,
                nanoTime);
    }

    /** Each route has an event stream of its own. Two routes that read one audit log could share the key of one cursor. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return resource == GitpodResource.events;
    }

    /** The address of the API, without anything secret. */
    @Override
    public String getServiceUrl() {
        return connections.baseUrl(configuration);
    }

    @Override
    public String getServiceProtocol() {
        return "https";
    }

    public GitpodResource getResource() {
        return resource;
    }

    public GitpodConfiguration getConfiguration() {
        return configuration;
    }

    public StateConfiguration getStateConfiguration() {
        return stateConfiguration;
    }

    public AuditLogConfiguration getAuditLogConfiguration() {
        return auditLogConfiguration;
    }

    public EventConfiguration getEventConfiguration() {
        return eventConfiguration;
    }

    public boolean isBatching() {
        return batching;
    }

    /** Whether what was read together comes in one exchange. Default: false. */
    public void setBatching(boolean batching) {
        this.batching = batching;
        auditLogConfiguration.setBatching(batching);
        eventConfiguration.setBatching(batching);
    }

    @Override
    public long getDelay() {
        return delay;
    }

    /** How long to wait before the next poll, in milliseconds. */
    @Override
    public void setDelay(long delay) {
        super.setDelay(delay);
        this.delay = delay;
    }
}
