package io.github.camelgitpod.event;

import io.github.camelgitpod.option.KnownValues;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of {@code gitpod:events} as a consumer, as they are written; {@link EventOptions} reads them. */
@UriParams
public class EventConfiguration {
    @UriParam(
            label = "consumer",
            defaultValue = "true",
            description = "Whether the stream carries the events of the organization's projects, runners and "
                    + "environments. Not together with ids in environmentId. Default: true unless environmentId names "
                    + "ids. gitpod:events only.")
    private Boolean organization;

    @UriParam(
            label = "consumer",
            description = "The environments whose own events and those of their tasks, task executions and services "
                    + "are wanted: UUIDs, separated by commas, one stream each; or an asterisk: the organization's stream, and one "
                    + "for each environment, as they come and go. gitpod:events only.")
    private String environmentId;

    @UriParam(
            label = "consumer,filter",
            description = "Only events of these types of resources, in full or short, in any case, separated by "
                    + "commas. Those that the organization's stream carries, in short: " + KnownValues.CARRIED_TYPES
                    + ". Organization scope only. gitpod:events only.")
    private String resourceTypes;

    @UriParam(
            label = "consumer,filter",
            description = "Only events of these resources: at most 25 UUIDs, separated by commas. Organization "
                    + "scope only. gitpod:events only.")
    private String resourceIds;

    @UriParam(
            label = "consumer,filter",
            description = "Only events of resources that these users created: at most 25 UUIDs, separated by "
                    + "commas. The server does not apply it to deletions. Organization scope only. "
                    + "gitpod:events only.")
    private String creatorIds;

    @UriParam(
            label = "consumer,filter",
            description =
                    "The full form of resourceTypes, resourceIds and creatorIds: a JSON array of at most 50 objects, each with "
                            + "resourceType and, if wanted, arrays of resourceIds and creatorIds. Events that match any of "
                            + "them are delivered. Organization scope only. gitpod:events only.")
    private String resourceTypeFilters;

    @UriParam(
            label = "consumer,filter",
            description = "Only these operations, in full or short, in any case, separated by commas. Short ones: "
                    + KnownValues.OPERATIONS + ". Default: all. gitpod:events only.")
    private String operations;

    @UriParam(
            label = "consumer",
            javaType = "java.time.Duration",
            defaultValue = "1s",
            description = "How long to wait at most before the first attempt to connect again. It doubles with "
                    + "each ending, the waits are drawn at random below it, and it begins anew after a "
                    + "connection of 60 seconds. gitpod:events only.")
    private long reconnectDelay = 1_000;

    @UriParam(
            label = "consumer",
            javaType = "java.time.Duration",
            defaultValue = "60s",
            description = "The upper bound of the wait before connecting again. gitpod:events only.")
    private long maxReconnectDelay = 60_000;

    @UriParam(
            label = "consumer",
            javaType = "java.time.Duration",
            defaultValue = "5m",
            description =
                    "When no byte came for this time, another connection is opened, and then the old one closed. That is a gap "
                            + "only if the old one cannot be shown to have lived. gitpod:events only.")
    private long idleTimeout = 300_000;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "1MB",
            description = "A longer line of the stream is skipped and reported: bytes, or with a unit such as "
                    + "512KB or 1MB. gitpod:events only.")
    private String maxLineBytes = "1MB";

    @UriParam(
            label = "consumer,advanced",
            javaType = "java.time.Duration",
            defaultValue = "1m",
            description =
                    "A route that takes no event for this time, while as many wait as are held in memory, loses the "
                            + "connection: the server must not wait for ever. What was received is delivered, then the gap is told. "
                            + "gitpod:events only.")
    private long maxStall = 60_000;

    @UriParam(
            label = "consumer,advanced",
            javaType = "java.time.Duration",
            description =
                    "Renew a connection of this age, more or less by a fifth: another one is opened before it is closed, so "
                            + "that nothing is missed. Default: never. gitpod:events only.")
    private long maxConnectionAge;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "100",
            description =
                    "With an asterisk as environmentId, at most this number of environments have a stream: the newest ones. gitpod:events only.")
    private int maxStreams = 100;

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description =
                    "Whether a gap is an exchange of its own, with CamelGitpodEventType GAP, followed by one with "
                            + "GAP_CLOSED that tells what was recovered. gitpod:events only.")
    private boolean gapEvents;

    @UriParam(
            label = "consumer",
            defaultValue = "none",
            description =
                    "What to do about a gap. none: nothing but tell it. relist: after each connect, list the resources and deliver what "
                            + "changed meanwhile, as events marked with CamelGitpodSynthetic. auditLogs: deliver the gap's "
                            + "audit-log entries as events, with CamelGitpodEntryId and CamelGitpodCreatedAt; needs the "
                            + "audit-log role. Both: relist,auditLogs. gitpod:events only.")
    private String reconcile = "none";

    private boolean batching;

    public Boolean getOrganization() {
        return organization;
    }

    /** Organization scope. Null: true, unless ids of environments are set. */
    public void setOrganization(Boolean organization) {
        this.organization = organization;
    }

    public String getEnvironmentId() {
        return environmentId;
    }

    /** UUIDs of environments, separated by commas, or {@code *}. Null: organization scope only. */
    public void setEnvironmentId(String environmentId) {
        this.environmentId = environmentId;
    }

    public String getResourceTypes() {
        return resourceTypes;
    }

    /** Only events of these types of resources, in full or short, in any case, separated by commas. Null: all. */
    public void setResourceTypes(String resourceTypes) {
        this.resourceTypes = resourceTypes;
    }

    public String getResourceIds() {
        return resourceIds;
    }

    /** Only events of these resources: UUIDs, separated by commas. Null: all. */
    public void setResourceIds(String resourceIds) {
        this.resourceIds = resourceIds;
    }

    public String getCreatorIds() {
        return creatorIds;
    }

    /** Only events of resources that these users created: UUIDs, separated by commas. Null: all. */
    public void setCreatorIds(String creatorIds) {
        this.creatorIds = creatorIds;
    }

    public String getResourceTypeFilters() {
        return resourceTypeFilters;
    }

    /** The full form of resourceTypes, resourceIds and creatorIds: a JSON array. Null: no filter. */
    public void setResourceTypeFilters(String resourceTypeFilters) {
        this.resourceTypeFilters = resourceTypeFilters;
    }

    public String getOperations() {
        return operations;
    }

    /** Only these operations, in full or short, in any case, separated by commas. Null: all. */
    public void setOperations(String operations) {
        this.operations = operations;
    }

    public long getReconnectDelay() {
        return reconnectDelay;
    }

    /** How long to wait at most before the first attempt to connect again, in milliseconds. */
    public void setReconnectDelay(long reconnectDelay) {
        this.reconnectDelay = reconnectDelay;
    }

    public long getMaxReconnectDelay() {
        return maxReconnectDelay;
    }

    /** The upper bound of the wait before connecting again, in milliseconds. */
    public void setMaxReconnectDelay(long maxReconnectDelay) {
        this.maxReconnectDelay = maxReconnectDelay;
    }

    public long getIdleTimeout() {
        return idleTimeout;
    }

    /** When no byte came for this time, the connection is renewed. In milliseconds. */
    public void setIdleTimeout(long idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    public String getMaxLineBytes() {
        return maxLineBytes;
    }

    /** A longer line of the stream is skipped and reported: bytes, or with a unit such as 512KB or 1MB. */
    public void setMaxLineBytes(String maxLineBytes) {
        this.maxLineBytes = maxLineBytes;
    }

    public long getMaxStall() {
        return maxStall;
    }

    /** How long a route may take no event while too many are waiting, in milliseconds. */
    public void setMaxStall(long maxStall) {
        this.maxStall = maxStall;
    }

    public long getMaxConnectionAge() {
        return maxConnectionAge;
    }

    /** At which age a connection is renewed, in milliseconds. 0: never. */
    public void setMaxConnectionAge(long maxConnectionAge) {
        this.maxConnectionAge = maxConnectionAge;
    }

    public int getMaxStreams() {
        return maxStreams;
    }

    /** How many environments have a stream at most, with {@code environmentId=*}. */
    public void setMaxStreams(int maxStreams) {
        this.maxStreams = maxStreams;
    }

    public boolean isGapEvents() {
        return gapEvents;
    }

    /** Whether a gap is an exchange of its own. */
    public void setGapEvents(boolean gapEvents) {
        this.gapEvents = gapEvents;
    }

    public boolean isBatching() {
        return batching;
    }

    /** Whether events that were received together come in one exchange. The endpoint has the option. */
    public void setBatching(boolean batching) {
        this.batching = batching;
    }

    public String getReconcile() {
        return reconcile;
    }

    /** What to do about a gap: {@code none}, {@code relist}, {@code auditLogs}, or both of these. */
    public void setReconcile(String reconcile) {
        this.reconcile = reconcile;
    }
}
