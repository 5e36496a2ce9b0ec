package io.github.camelgitpod;

import io.github.camelgitpod.option.OptionErrors;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What an endpoint is used as, and the options that would silently do nothing there. */
enum OptionRole {
    /** In {@code from}. */
    consumer,
    /** In {@code to}. */
    producer;

    /** Of queries on demand. */
    private static final Set<String> OF_PRODUCERS = Set.of("operation", "limit", "sort");

    /** Of both: which entries are wanted. */
    private static final Set<String> OF_BOTH =
            Set.of("actorIds", "actorPrincipals", "subjectIds", "subjectTypes", "kinds", "from", "to");

    /** Of consumers of every resource. */
    private static final Set<String> OF_CONSUMERS = Set.of("stateRepository", "stateDirectory", "stateKey", "batching");

    /** The options that only the other role has. */
    Set<String> optionsOfTheOther() {
        Set<String> others = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        if (this == consumer) {
            others.addAll(OF_PRODUCERS);
        } else {
            others.addAll(OF_CONSUMERS);
            Stream.of(GitpodResource.values()).forEach(resource -> others.addAll(resource.ownOptions()));
            others.removeAll(OF_PRODUCERS);
            others.removeAll(OF_BOTH);
        }
        return others;
    }

    /** @throws IllegalArgumentException when one of the options is */
    void refuseOptionsOfTheOther(Collection<String> options) {
        Set<String> others = optionsOfTheOther();
        for (String option : options) {
            if (others.contains(option.startsWith("scheduler.") ? "schedulerProperties" : option)) {
                throw OptionErrors.withoutValue(
                        option,
                        this == consumer
                                ? "is one of a producer, not of from(...)"
                                : "is one of a consumer, not of to(...)",
                        "the common ones, " + String.join(", ", new TreeSet<>(OF_BOTH))
                                + (this == consumer
                                        ? ", and those of consumers"
                                        : ", " + String.join(", ", new TreeSet<>(OF_PRODUCERS))));
            }
        }
    }
}
