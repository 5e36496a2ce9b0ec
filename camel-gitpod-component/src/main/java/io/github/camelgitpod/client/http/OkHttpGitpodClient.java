package io.github.camelgitpod.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.ClientClosedException;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.Identity;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.client.ResourcePage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * {@link GitpodClient} over OkHttp. OkHttp's own repeats and redirects are off: the first would send more requests than the
 * server was asked to take, the second would send a request's body to another host.
 */
public final class OkHttpGitpodClient implements GitpodClient {
    private static final Headers UNARY = Headers.of("Accept", "application/json");
    /** Not compressed: a compressor on the way would hold events back. */
    private static final Headers STREAM = Headers.of("Accept", "application/jsonl", "Accept-Encoding", "identity");

    private static final String WATCH_EVENTS = "EventService/WatchEvents";

    private final GitpodClientSettings settings;
    private final ApiTransport transport;
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(8), Math::random);
    private final ServerClock serverClock = new ServerClock(System::nanoTime);
    private final OkHttpClient unary;
    private final OkHttpClient streaming;

    /**
     * @param settings how to reach the API
     * @param http     the pool of connections to use; not closed by this client
     * @param gates    the same for all clients of one component
     */
    public OkHttpGitpodClient(GitpodClientSettings settings, OkHttpClient http, RequestGates gates) {
        this.settings = settings;
        this.transport = new ApiTransport(settings, gates);
        OkHttpClient plain = http.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .build();
        this.streaming = plain.newBuilder()
                .callTimeout(Duration.ZERO)
                .addNetworkInterceptor(OkHttpGitpodClient::allowSilence)
                .build();
        this.unary = plain.newBuilder()
                .callTimeout(settings.requestTimeout())
                .readTimeout(settings.requestTimeout())
                .build();
    }

    @Override
    public AuditLogPage listAuditLogs(AuditLogQuery query) throws IOException {
        return call("EventService/ListAuditLogs", JsonRequests.listAuditLogs(query), AuditLogPageParser::parse);
    }

    @Override
    public AuditLogPage readAuditLogs(byte[] json) throws IOException {
        return AuditLogPageParser.parse(json);
    }

    @Override
    public Identity authenticatedIdentity() throws IOException {
        return call("IdentityService/GetAuthenticatedIdentity", "{}", body -> {
            JsonNode answer = JsonBytes.tree(body);
            JsonNode subject = answer.path("subject");
            return new Identity(
                    answer.path("organizationId").asText(null),
                    answer.path("organizationTier").asText(null),
                    subject.path("id").asText(null),
                    subject.path("principal").asText(null));
        });
    }

    @Override
    public ResourcePage listResources(ResourceListing listing, String token) throws IOException {
        return call(
                listing.method(), JsonRequests.listResources(token), body -> ResourcePageParser.parse(listing, body));
    }

    private <T> T call(String method, String request, AnswerReader<T> reader) throws IOException {
        for (int failures = 1; ; failures++) {
            try (ApiTransport.OpenResponse answer = transport.send(unary, method, request, UNARY)) {
                T result = read(answer, reader);
                RetryAfter.httpDate(answer.response().header("Date")).ifPresent(serverClock::observe);
                return result;
            } catch (IOException e) {
                transport.await(waitBeforeRepeat(e, failures));
            }
        }
    }

    private static <T> T read(ApiTransport.OpenResponse answer, AnswerReader<T> reader) throws IOException {
        try {
            return reader.read(AnswerBody.read(answer.response()));
        } catch (IOException e) {
            throw new OutsideText(answer.token()).shown(e);
        }
    }

    /** Reads an answer's body; an {@link IOException} means that it was not whole. */
    private interface AnswerReader<T> {
        T read(byte[] body) throws IOException;
    }

    @Override
    public EventConnection watchEvents(EventQuery query, int maxLineBytes) throws IOException {
        ApiTransport.OpenResponse answer =
                transport.send(streaming, WATCH_EVENTS, JsonRequests.watchEvents(query), STREAM);
        // Whoever holds the stream watches its silence; see also allowSilence.
        answer.response().body().source().timeout().clearTimeout();
        return new OkHttpEventConnection(
                answer,
                maxLineBytes,
                LifeSigns.within(streaming, answer.response().protocol()),
                InstantSource.system(),
                System::nanoTime);
    }

    @Override
    public Duration streamsAllowedIn() {
        return transport.allowedIn(WATCH_EVENTS);
    }

    /**
     * The headers have come within their time limit; from now on silence is no failure. The next request on the connection
     * sets the limit again.
     */
    private static Response allowSilence(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        chain.connection().socket().setSoTimeout(0);
        return response;
    }

    @Override
    public Optional<Instant> serverTime() {
        return serverClock.now();
    }

    @Override
    public long requestsSent() {
        return transport.sent();
    }

    @Override
    public long slowDowns() {
        return transport.slowDowns();
    }

    @Override
    public void close() {
        transport.close();
    }

    /** Throws the failure instead when a repeat would not help, or is not allowed so soon. */
    private Duration waitBeforeRepeat(IOException failure, int failures) throws IOException {
        if (transport.stopped()) {
            throw failure instanceof ClientClosedException ? failure : new ClientClosedException();
        }
        if (failures > settings.maxRetries()) {
            throw failure;
        }
        if (failure instanceof ApiException answer) {
            boolean soon = answer.retryAfter()
                    .map(wait -> wait.compareTo(settings.maxRetryAfter()) <= 0)
                    .orElse(true);
            if (!answer.isTransient() || !soon) {
                throw answer;
            }
        }
        return backoff.afterFailures(failures);
    }
}
