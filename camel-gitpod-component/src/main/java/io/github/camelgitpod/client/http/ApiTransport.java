package io.github.camelgitpod.client.http;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.ClientClosedException;
import io.github.camelgitpod.client.Pause;
import io.github.camelgitpod.client.RequestMeter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Sends one request, once: with the current token, after its gates have opened, and never to another host. Returns an answer
 * that is a success; any other one is thrown.
 */
final class ApiTransport implements Closeable {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final String BEARER = "Bearer ";
    private static final int MAX_REDIRECTS = 5;

    private final GitpodClientSettings settings;
    private final RequestGates.Access gates;
    private final RequestMeter meter;
    private final Pause pause = new Pause();
    private final AtomicLong sent = new AtomicLong();
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();

    /**
     * A success, whose body is still to be read.
     *
     * @param stopped whether a failure to read it is a stop: its transport was closed, or this thread interrupted
     */
    record OpenResponse(Response response, Call call, Runnable onClose, BooleanSupplier stopped) implements Closeable {
        /** The token that was sent. */
        String token() {
            return ApiTransport.token(response.request());
        }

        /** Makes reading the body fail. Unlike {@link #close()}, it may be called while another thread reads. */
        void cancel() {
            call.cancel();
        }

        @Override
        public void close() {
            onClose.run();
        }
    }

    ApiTransport(GitpodClientSettings settings, RequestGates gates, RequestMeter meter) {
        this.settings = settings;
        this.meter = meter;
        this.gates = gates.new Access(settings.baseUrl());
    }

    /** @param method the service's method, such as {@code EventService/ListAuditLogs} */
    OpenResponse send(OkHttpClient http, String method, String body, Headers headers) throws IOException {
        return send(http, method, "", body, headers);
    }

    /** @param about what a refusal of the method is about; empty: the method as a whole */
    OpenResponse send(OkHttpClient http, String method, String about, String body, Headers headers) throws IOException {
        String token = settings.accessToken().get();
        CredentialGates ofToken = gates.of(token);
        RequestGate gate = ofToken.ofAll();
        RequestGate methodGate = ofToken.of(method + about);
        await(gate);
        await(methodGate);
        Request request = new Request.Builder()
                .url(settings.baseUrl()
                        .newBuilder()
                        .addPathSegments("gitpod.v1." + method)
                        .build())
                .headers(headers)
                .header("Authorization", BEARER + token)
                .header("User-Agent", settings.userAgent())
                .post(RequestBody.create(body.getBytes(StandardCharsets.UTF_8), JSON))
                .build();
        for (int redirects = 0; ; redirects++) {
            OpenResponse answer = execute(http.newCall(request), nameOf(method));
            Response response = answer.response();
            if (isOfTheApi(response)) {
                gate.succeeded();
                methodGate.succeeded();
                return answer;
            }
            try (answer) {
                HttpUrl target = redirectOnSameHost(response);
                if (target == null || redirects == MAX_REDIRECTS) {
                    ApiException failure = ApiErrors.of(response, nameOf(method), token);
                    RequestGate closing = failure.isOfMethod() ? methodGate : gate;
                    closing.failed(failure);
                    heldBack(failure);
                    throw failure.isLasting() ? closing.reason() : failure;
                }
                request = request.newBuilder().url(target).build();
            }
        }
    }

    /** How long no request for this method, and what it is about, may be sent with the current token. */
    Duration allowedIn(String method) {
        return gates.of(settings.accessToken().get()).remaining(method);
    }

    /** A digest of the current token and the address. */
    String credential() {
        return gates.digest(settings.accessToken().get());
    }

    /** How many requests were sent until now. */
    long sent() {
        return sent.get();
    }

    /** How often the server has said that there are too many requests with the current token. */
    long slowDowns() {
        return gates.of(settings.accessToken().get()).ofAll().slowDowns();
    }

    /** Waits for so long, or throws when this is closed meanwhile. */
    void await(Duration wait) throws ClientClosedException {
        if (!pause.await(wait)) {
            throw new ClientClosedException();
        }
    }

    /** Ends calls and waits that are under way. */
    @Override
    public void close() {
        pause.end();
        calls.forEach(Call::cancel);
        gates.close();
    }

    private void await(RequestGate gate) throws IOException {
        Duration remaining = gate.remaining();
        if (remaining.isZero()) {
            return;
        }
        ApiException reason = gate.reason();
        heldBack(reason);
        if (reason.isLasting() || remaining.compareTo(settings.maxRetryAfter()) > 0) {
            throw reason.repeatedFor(remaining);
        }
        await(remaining);
    }

    private void heldBack(ApiException reason) {
        if (reason.isTooManyRequests()) {
            reason.retryAfter().ifPresent(meter::heldBack);
        }
    }

    private static String nameOf(String method) {
        return method.substring(method.indexOf('/') + 1);
    }

    private OpenResponse execute(Call call, String method) throws IOException {
        sent.incrementAndGet();
        calls.add(call);
        if (pause.isEnded()) {
            call.cancel();
        }
        try {
            Response response = call.execute();
            meter.ended(method, String.valueOf(response.code()));
            Runnable onClose = () -> {
                response.close();
                calls.remove(call);
            };
            return new OpenResponse(response, call, onClose, this::stopped);
        } catch (IOException e) {
            calls.remove(call);
            meter.ended(method, RequestMeter.NO_ANSWER);
            throw stopped() ? new ClientClosedException() : new OutsideText(token(call.request())).shown(e);
        }
    }

    /** Whether a call ended on purpose: by {@link #close()}, or by an interrupt of its thread. */
    boolean stopped() {
        return pause.isEnded() || Thread.currentThread().isInterrupted();
    }

    private static String token(Request request) {
        return request.header("Authorization").substring(BEARER.length());
    }

    /** The API answers with 200. Less than a whole answer (206) and a page for people are none. */
    private static boolean isOfTheApi(Response response) {
        return response.code() == 200 && AnswerBody.complaint(response).isEmpty();
    }

    private static HttpUrl redirectOnSameHost(Response response) {
        boolean keepsMethod = response.code() == 307 || response.code() == 308;
        String location = response.header("Location");
        HttpUrl from = response.request().url();
        HttpUrl target = keepsMethod && location != null ? from.resolve(location) : null;
        boolean same = target != null
                && target.scheme().equals(from.scheme())
                && target.host().equals(from.host())
                && target.port() == from.port();
        return same ? target : null;
    }
}
