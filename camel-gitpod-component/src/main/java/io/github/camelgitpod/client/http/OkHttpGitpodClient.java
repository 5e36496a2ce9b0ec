package io.github.camelgitpod.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.Backoff;
import io.github.camelgitpod.client.ClientClosedException;
import io.github.camelgitpod.client.DetailedEntry;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.Identity;
import io.github.camelgitpod.client.NameListing;
import io.github.camelgitpod.client.NamePage;
import io.github.camelgitpod.client.RequestMeter;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.client.ResourcePage;
import io.github.camelgitpod.client.SteadyClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.SocketFactory;
import okhttp3.Headers;
import okhttp3.OkHttpClient;

/**
 * {@link GitpodClient} over OkHttp. OkHttp's own repeats and redirects are off: the first would send more requests than the
 * server was asked to take, the second would send a request's body to another host.
 */
public final class OkHttpGitpodClient implements GitpodClient {
    private static final Headers UNARY = Headers.of("Accept", "application/json");
    /** Not compressed: a compressor on the way would hold events back. */
    private static final Headers STREAM = Headers.of("Accept", "application/jsonl", "Accept-Encoding", "identity");

    private static final String GET_AUDIT_LOG = "EventService/GetAuditLog";
    private static final String WATCH_EVENTS = "EventService/WatchEvents";
    private static final String IDENTITY = "IdentityService/GetAuthenticatedIdentity";

    private final GitpodClientSettings settings;
    private final ApiTransport transport;
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(8), Math::random);
    private final ServerClock serverClock = new ServerClock(System::nanoTime);
    private final OkHttpClient unary;
    private final OkHttpClient streaming;
    /** For requests of streams whose answer is awaited. */
    private final ExecutorService streams = Executors.newCachedThreadPool(OkHttpGitpodClient::daemon);

    /**
     * @param settings how to reach the API
     * @param http     the pool of connections to use; not closed by this client
     * @param gates    the same for all clients of one component
     * @param meter    counts the requests
     */
    public OkHttpGitpodClient(
            GitpodClientSettings settings, OkHttpClient http, RequestGates gates, RequestMeter meter) {
        this.settings = settings;
        this.transport = new ApiTransport(settings, gates, meter);
        OkHttpClient plain = http.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .build();
        OkHttpClient.Builder patient =
                plain.newBuilder().callTimeout(Duration.ZERO).readTimeout(Duration.ZERO);
        if (http.socketFactory().equals(SocketFactory.getDefault())) {
            patient.socketFactory(new AnswerSockets());
        }
        this.streaming = patient.build();
        this.unary = plain.newBuilder()
                .callTimeout(settings.requestTimeout())
                .readTimeout(settings.requestTimeout())
                .build();
    }

    @Override
    public AuditLogPage listAuditLogs(AuditLogQuery query) throws IOException {
        return call(AuditLogQuery.METHOD, JsonRequests.listAuditLogs(query), AuditLogPageParser::parse);
    }

    @Override
    public AuditLogPage readAuditLogs(byte[] json) throws IOException {
        return AuditLogPageParser.parse(json);
    }

    @Override
    public DetailedEntry getAuditLog(String entryId) throws IOException {
        return call(GET_AUDIT_LOG, JsonRequests.getAuditLog(entryId), body -> DetailedEntryParser.parse(entryId, body));
    }

    @Override
    public Identity authenticatedIdentity() throws IOException {
        return call(IDENTITY, "{}", body -> {
            JsonNode answer = JsonBytes.tree(body);
            JsonNode subject = answer.path("subject");
            String organization = answer.path("organizationId").asText("");
            return new Identity(
                    organization.isBlank() ? null : organization,
                    answer.path("organizationTier").asText(null),
                    subject.path("id").asText(null),
                    subject.path("principal").asText(null));
        });
    }

    @Override
    public Object credential() {
        return transport.credential();
    }

    @Override
    public ResourcePage listResources(ResourceListing listing, String token) throws IOException {
        return call(
                listing.method(), JsonRequests.listResources(token), body -> ResourcePageParser.parse(listing, body));
    }

    @Override
    public NamePage listNames(NameListing listing, String organizationId, String token) throws IOException {
        return call(
                listing.method(),
                JsonRequests.listNames(organizationId, token),
                body -> NamePageParser.parse(listing, body));
    }

    private <T> T call(String method, String request, AnswerReader<T> reader) throws IOException {
        for (int failures = 1; ; failures++) {
            try (ApiTransport.OpenResponse answer = transport.send(unary, method, request, UNARY)) {
                T result = read(answer, reader);
                serverClock.observe(answer.response().header("Date"));
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
        StreamRequest request = new StreamRequest(streaming, settings.requestTimeout(), SteadyClock.system());
        request.send(
                http -> transport.send(http, WATCH_EVENTS, about(query), JsonRequests.watchEvents(query), STREAM),
                this::serverAnswers,
                streams);
        return new OkHttpEventConnection(
                request,
                maxLineBytes,
                LifeSigns.within(streaming, request.protocol()),
                transport::stopped,
                SteadyClock.system(),
                System::nanoTime);
    }

    /** Whether it answers at all, be it with an error. */
    private boolean serverAnswers() {
        try (ApiTransport.OpenResponse answer = transport.send(unary, IDENTITY, "{}", UNARY)) {
            return true;
        } catch (ApiException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Duration streamsAllowedIn(EventQuery query) {
        return transport.allowedIn(WATCH_EVENTS + about(query));
    }

    /** What a refusal is about: access to one environment says nothing about that to others, or to the organization. */
    private static String about(EventQuery query) {
        return query.environmentId() == null ? "" : " " + query.environmentId();
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
        streams.shutdown();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "gitpod-stream-request");
        thread.setDaemon(true);
        return thread;
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
