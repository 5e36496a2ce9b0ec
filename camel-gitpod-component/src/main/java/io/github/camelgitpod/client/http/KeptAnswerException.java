package io.github.camelgitpod.client.http;

import io.github.camelgitpod.client.Durations;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import okhttp3.Interceptor;

/** A stream's answer came, and an interceptor of the user's HTTP client does not let go of it. */
final class KeptAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param interceptors of the user's client
     * @param limit        how long they may keep an answer
     */
    KeptAnswerException(List<Interceptor> interceptors, Duration limit) {
        super("The event stream was answered, and the answer could not be had within " + Durations.text(limit)
                + advice(interceptors));
    }

    private static String advice(List<Interceptor> interceptors) {
        return interceptors.isEmpty()
                ? ""
                : interceptors.stream()
                        .map(interceptor -> interceptor.getClass().getName())
                        .collect(Collectors.joining(
                                ", ",
                                ": does an interceptor of httpClient (",
                                ") read whole bodies, as HttpLoggingInterceptor does at level BODY? That waits for ever for"
                                        + " the end of a stream; allowed: level HEADERS, or an httpClient without it"));
    }
}
