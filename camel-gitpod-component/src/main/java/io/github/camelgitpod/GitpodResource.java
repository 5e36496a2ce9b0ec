package io.github.camelgitpod;

import io.github.camelgitpod.option.OptionErrors;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an endpoint reads; the names are those of the URI. */
public enum GitpodResource {
    /** The audit log, which is polled. */
    auditLogs(Set.of(
            "actorIds",
            "actorPrincipals",
            "subjectIds",
            "subjectTypes",
            "kinds",
            "from",
            "to",
            "operation",
            "limit",
            "sort",
            "onFilterChange",
            "lookback",
            "commitEvery",
            "breakOnFirstError",
            "maxMessagesPerPoll",
            "pageSize",
            "concurrentRequests",
            "sweepInterval",
            "sweepRange",
            "dryRun",
            "includeDetails",
            "resolveNames",
            "idempotentRepository",
            "startScheduler",
            "initialDelay",
            "delay",
            "timeUnit",
            "useFixedDelay",
            "pollStrategy",
            "runLoggingLevel",
            "sendEmptyMessageWhenIdle",
            "greedy",
            "scheduler",
            "schedulerProperties",
            "scheduledExecutorService",
            "backoffMultiplier",
            "backoffIdleThreshold",
            "backoffErrorThreshold",
            "repeatCount")),
    /** The live event stream. */
    events(Set.of(
            "organization",
            "environmentId",
            "resourceTypes",
            "resourceIds",
            "creatorIds",
            "resourceTypeFilters",
            "operations",
            "reconnectDelay",
            "maxReconnectDelay",
            "idleTimeout",
            "maxStall",
            "maxConnectionAge",
            "maxStreams",
            "maxLineBytes",
            "gapEvents",
            "reconcile"));

    private final Set<String> ownOptions;

    GitpodResource(Set<String> ownOptions) {
        this.ownOptions = ownOptions;
    }

    /** @param path null or empty: none was written */
    static Optional<GitpodResource> find(String path) {
        return Arrays.stream(values())
                .filter(resource -> resource.name().equalsIgnoreCase(path))
                .findFirst();
    }

    /**
     * @param path null or empty: none was written
     * @throws IllegalArgumentException when there is no such resource
     */
    static GitpodResource parse(String path) {
        return find(path)
                .orElseThrow(() -> new IllegalArgumentException((path == null || path.isEmpty()
                                ? "No resource after gitpod:"
                                : "Unknown resource gitpod:" + path)
                        + "; allowed: "
                        + Arrays.stream(values())
                                .map(resource -> "gitpod:" + resource)
                                .collect(Collectors.joining(", "))));
    }

    /** The options that only this resource has. */
    Set<String> ownOptions() {
        return ownOptions;
    }

    /**
     * @param role whose options are named as allowed
     * @throws IllegalArgumentException when an option would silently do nothing, because it is another resource's
     */
    void refuseOptionsOfOthers(Collection<String> options, OptionRole role) {
        for (String option : options) {
            String name = option.startsWith("scheduler.") ? "schedulerProperties" : option;
            for (GitpodResource other : values()) {
                // Camel does not look at the case either.
                if (other != this && other.ownOptions.stream().anyMatch(name::equalsIgnoreCase)) {
                    throw OptionErrors.withoutValue(
                            option,
                            "is one of gitpod:" + other + ", not of gitpod:" + this,
                            "the common ones, and "
                                    + ownOptions.stream()
                                            .filter(own ->
                                                    !role.optionsOfTheOther().contains(own))
                                            .sorted()
                                            .collect(Collectors.joining(", ")));
                }
            }
        }
    }
}
