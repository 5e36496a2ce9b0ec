package io.github.camelgitpod.client;

/** Failures in words, for the log. */
public final class FailureText {
    private FailureText() {}

    /** The message alone where it was written for people; else with the name of the class, without which it may say nothing. */
    public static String of(Throwable failure) {
        boolean forPeople = failure instanceof ApiException || failure instanceof ListingGivenUpException;
        return forPeople ? failure.getMessage() : failure.toString();
    }
}
