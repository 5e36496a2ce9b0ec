package io.github.camelgitpod.auditlog;

import io.github.camelgitpod.model.AuditLogOperation;
import io.github.camelgitpod.model.AuditLogSort;
import io.github.camelgitpod.model.FilterChangePolicy;
import io.github.camelgitpod.option.KnownValues;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of {@code gitpod:auditLogs} as they are written; {@link AuditLogOptions} and {@link QueryOptions} read them. */
@UriParams
public class AuditLogConfiguration {
    @UriParam(
            label = "filter",
            description = "Only entries of these actors: UUIDs, separated by commas. gitpod:auditLogs only.")
    private String actorIds;

    @UriParam(
            label = "filter",
            description =
                    "Only entries of these kinds of actors, in full or short, in any case, separated by commas. Short ones: "
                            + KnownValues.PRINCIPALS + ". gitpod:auditLogs only.")
    private String actorPrincipals;

    @UriParam(
            label = "filter",
            description = "Only entries about these resources: UUIDs, separated by commas. gitpod:auditLogs only.")
    private String subjectIds;

    @UriParam(
            label = "filter",
            description =
                    "Only entries about these types of resources, in full or short, in any case, separated by commas. Short ones: "
                            + KnownValues.RESOURCE_TYPES + ". gitpod:auditLogs only.")
    private String subjectTypes;

    @UriParam(
            label = "filter",
            description =
                    "Only entries of these kinds, in full or short, in any case, separated by commas. Short ones: "
                            + KnownValues.KINDS
                            + ", which is entries without a kind, as older servers have them. The server cannot filter by it, so all entries are read. gitpod:auditLogs only.")
    private String kinds;

    @UriParam(
            label = "common",
            defaultValue = "now",
            description =
                    "Where a consumer without a stored cursor begins: now, beginning, an RFC 3339 instant (a date alone is its midnight in UTC, a time without a zone is UTC), or a duration back from now such as 24h or P30D. A stored cursor wins. A producer lists no older entries; without it, there is no such bound. gitpod:auditLogs only.")
    private String from;

    @UriParam(
            label = "common",
            description =
                    "An RFC 3339 instant, written as in from: entries created before it are delivered, then the consumer polls no more. A producer lists those created before it. gitpod:auditLogs only.")
    private String to;

    @UriParam(
            label = "producer",
            defaultValue = "list",
            description =
                    "What a producer asks for. list: the entries that pass the filter, as an AuditLogListing that is read while the route consumes it. get: the one entry, with its details, that the header CamelGitpodEntryId or the body names. gitpod:auditLogs only.")
    private AuditLogOperation operation = AuditLogOperation.list;

    @UriParam(
            label = "producer",
            defaultValue = "100",
            description =
                    "The largest number of entries that a producer lists, of those that pass the filter. 0: no limit. gitpod:auditLogs only.")
    private int limit = 100;

    @UriParam(
            label = "producer",
            defaultValue = "desc",
            description =
                    "In which order a producer lists entries: desc, newest first, or asc, oldest first. gitpod:auditLogs only.")
    private AuditLogSort sort = AuditLogSort.desc;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "fail",
            description =
                    "What to do when the filter became wider or different than the one that the stored cursor was made with, or the cursor is of another organization or base URL: fail, keep the cursor, or reset it to the option from. A narrower filter always keeps it. gitpod:auditLogs only.")
    private FilterChangePolicy onFilterChange = FilterChangePolicy.fail;

    @UriParam(
            label = "consumer",
            javaType = "java.time.Duration",
            defaultValue = "5m",
            description =
                    "Entries that become visible this long after they were created are still delivered. gitpod:auditLogs only.")
    private long lookback = 300_000;

    @UriParam(
            label = "consumer",
            defaultValue = "100",
            description =
                    "The cursor is saved after this many delivered entries, and at the end of each poll. Also the largest number of entries that are delivered twice after a crash. gitpod:auditLogs only.")
    private int commitEvery = 100;

    @UriParam(
            label = "consumer",
            defaultValue = "true",
            description =
                    "Whether an exchange that ends with an unhandled failure stops the poll, so that its entry is delivered again. Otherwise it is reported and passed over. gitpod:auditLogs only.")
    private boolean breakOnFirstError = true;

    private boolean batching;

    @UriParam(
            label = "consumer",
            defaultValue = "0",
            description =
                    "The largest number of entries that one poll delivers; the next one goes on there. 0: no limit. gitpod:auditLogs only.")
    private int maxMessagesPerPoll;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "100",
            description = "How many entries one request asks for, 1 to 100. gitpod:auditLogs only.")
    private int pageSize = 100;

    @UriParam(
            label = "consumer",
            defaultValue = "4",
            description =
                    "How many requests may be under way at once while much is left to read, 1 to 16: windows of time are read ahead, and delivered in order. 1: one after the other, the next page while one is delivered. gitpod:auditLogs only.")
    private int concurrentRequests = 4;

    @UriParam(
            label = "consumer,advanced",
            javaType = "java.time.Duration",
            description =
                    "How often to read an older range again and deliver, marked as late, what became visible later than lookback. 0: never. gitpod:auditLogs only.")
    private long sweepInterval;

    @UriParam(
            label = "consumer,advanced",
            javaType = "java.time.Duration",
            defaultValue = "24h",
            description = "How far back a sweep goes. gitpod:auditLogs only.")
    private long sweepRange = 86_400_000;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "false",
            description =
                    "Log what the consumer would do: organization, access, server, clock, filter, and what waits. Nothing is delivered or stored. gitpod:auditLogs only.")
    private boolean dryRun;

    @UriParam(
            label = "consumer",
            enums = "false,true,all",
            defaultValue = "false",
            description =
                    "Whether an entry's JSON gets, as its last member, the details that the server tells of single entries only, by one more request for each. true: of kinds that can have some, which are vetoes and kinds newer than this release. all: of each entry. While they cannot be had the entry waits, and comes again. gitpod:auditLogs only.")
    private String includeDetails = "false";

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description =
                    "Whether the headers CamelGitpodActorName, CamelGitpodActorEmail and CamelGitpodSubjectName say, for people, who and what stands behind the ids. From listings of members, service accounts, runners, projects and environments, which are kept for 10 minutes. The first ones are waited for, 10 seconds at most; after that no entry waits for a name. What is refused or not found is left out. Not with batching. gitpod:auditLogs only.")
    private boolean resolveNames;

    @UriParam(
            label = "consumer,filter",
            description =
                    "De-duplication that several machines share, by entry id. Not needed for one. gitpod:auditLogs only.")
    private IdempotentRepository idempotentRepository;

    public String getActorIds() {
        return actorIds;
    }

    /** Only entries of these actors: UUIDs, separated by commas. */
    public void setActorIds(String actorIds) {
        this.actorIds = actorIds;
    }

    public String getActorPrincipals() {
        return actorPrincipals;
    }

    /** Only entries of these kinds of actors, in full or short, in any case, separated by commas, such as user,service_account. */
    public void setActorPrincipals(String actorPrincipals) {
        this.actorPrincipals = actorPrincipals;
    }

    public String getSubjectIds() {
        return subjectIds;
    }

    /** Only entries about these resources: UUIDs, separated by commas. */
    public void setSubjectIds(String subjectIds) {
        this.subjectIds = subjectIds;
    }

    public String getSubjectTypes() {
        return subjectTypes;
    }

    /** Only entries about these types of resources, in full or short, in any case, separated by commas, such as user_secret,sso_config. */
    public void setSubjectTypes(String subjectTypes) {
        this.subjectTypes = subjectTypes;
    }

    public String getKinds() {
        return kinds;
    }

    /** Only entries of these kinds, in full or short, in any case, separated by commas, such as credential_access,environment_veto. */
    public void setKinds(String kinds) {
        this.kinds = kinds;
    }

    public String getFrom() {
        return from;
    }

    /** Where a consumer without a stored cursor begins, null being now: now, beginning, an RFC 3339 instant, or a duration back from now such as 24h or P30D. */
    public void setFrom(String from) {
        this.from = from;
    }

    public String getTo() {
        return to;
    }

    /** An RFC 3339 instant, written as in from: entries created before it are delivered, then the consumer polls no more. */
    public void setTo(String to) {
        this.to = to;
    }

    public AuditLogOperation getOperation() {
        return operation;
    }

    /** What a producer asks for: a list of entries, or one. */
    public void setOperation(AuditLogOperation operation) {
        this.operation = operation;
    }

    public int getLimit() {
        return limit;
    }

    /** The largest number of entries that a producer lists; 0: no limit. */
    public void setLimit(int limit) {
        this.limit = limit;
    }

    public AuditLogSort getSort() {
        return sort;
    }

    /** In which order a producer lists entries. */
    public void setSort(AuditLogSort sort) {
        this.sort = sort;
    }

    public FilterChangePolicy getOnFilterChange() {
        return onFilterChange;
    }

    /** What to do with a stored cursor of a filter that was narrower or different, or of another organization or base URL. */
    public void setOnFilterChange(FilterChangePolicy onFilterChange) {
        this.onFilterChange = onFilterChange;
    }

    public long getLookback() {
        return lookback;
    }

    /** Entries that become visible this long after they were created are still delivered. In milliseconds. */
    public void setLookback(long lookback) {
        this.lookback = lookback;
    }

    public int getCommitEvery() {
        return commitEvery;
    }

    /** The cursor is saved after this many delivered entries, and at the end of each poll. */
    public void setCommitEvery(int commitEvery) {
        this.commitEvery = commitEvery;
    }

    public boolean isBreakOnFirstError() {
        return breakOnFirstError;
    }

    /** Whether an exchange that ends with an unhandled failure stops the poll, so that its entry is delivered again. */
    public void setBreakOnFirstError(boolean breakOnFirstError) {
        this.breakOnFirstError = breakOnFirstError;
    }

    public boolean isBatching() {
        return batching;
    }

    /** Whether the entries of a page come in one exchange, with the list of them as the body. */
    public void setBatching(boolean batching) {
        this.batching = batching;
    }

    public int getMaxMessagesPerPoll() {
        return maxMessagesPerPoll;
    }

    /** The largest number of entries that one poll delivers; the next one goes on there. */
    public void setMaxMessagesPerPoll(int maxMessagesPerPoll) {
        this.maxMessagesPerPoll = maxMessagesPerPoll;
    }

    public int getPageSize() {
        return pageSize;
    }

    /** How many entries one request asks for, 1 to 100. */
    public void setPageSize(int pageSize) {
        this.pageSize = pageSize;
    }

    public int getConcurrentRequests() {
        return concurrentRequests;
    }

    /** How many requests may be under way at once while much is left to read, 1 to 16. */
    public void setConcurrentRequests(int concurrentRequests) {
        this.concurrentRequests = concurrentRequests;
    }

    public long getSweepInterval() {
        return sweepInterval;
    }

    /** How often to read an older range again and deliver, marked as late, what became visible later than lookback. In milliseconds. */
    public void setSweepInterval(long sweepInterval) {
        this.sweepInterval = sweepInterval;
    }

    public long getSweepRange() {
        return sweepRange;
    }

    /** How far back a sweep goes. In milliseconds. */
    public void setSweepRange(long sweepRange) {
        this.sweepRange = sweepRange;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    /** Log what the consumer would do: organization, access, server, clock, filter, and what waits. */
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public String getIncludeDetails() {
        return includeDetails;
    }

    /** Which entries get the details that the server tells of single entries only: false, true (those of kinds that can have some) or all. */
    public void setIncludeDetails(String includeDetails) {
        this.includeDetails = includeDetails;
    }

    public boolean isResolveNames() {
        return resolveNames;
    }

    /** Whether headers say, for people, who and what stands behind the ids. */
    public void setResolveNames(boolean resolveNames) {
        this.resolveNames = resolveNames;
    }

    public IdempotentRepository getIdempotentRepository() {
        return idempotentRepository;
    }

    /** De-duplication that several machines share, by entry id. */
    public void setIdempotentRepository(IdempotentRepository idempotentRepository) {
        this.idempotentRepository = idempotentRepository;
    }
}
