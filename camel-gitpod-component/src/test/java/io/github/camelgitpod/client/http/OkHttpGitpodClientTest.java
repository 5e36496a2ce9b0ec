package io.github.camelgitpod.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.AuditLogQuery;
import io.github.camelgitpod.client.ClientClosedException;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.RequestMeter;
import io.github.camelgitpod.client.ResourceListing;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OkHttpGitpodClientTest {
    private static final AuditLogQuery QUERY = new AuditLogQuery(AuditLogFilter.ALL, null, null, null, 100, null);
    private static final MockResponse EMPTY_PAGE = ok("{}");

    private final MockWebServer server = new MockWebServer();
    private final AtomicReference<String> token = new AtomicReference<>("canary-token");
    private final RequestGates gates = new RequestGates();
    private OkHttpGitpodClient client;

    @BeforeEach
    void start() throws IOException {
        server.start();
        client = client(Duration.ofSeconds(60));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aRequestIsWhatTheProtocolAsksFor() throws Exception {
        server.enqueue(EMPTY_PAGE);

        client.listAuditLogs(new AuditLogQuery(
                new AuditLogFilter(List.of("b", "a", "b"), List.of("PRINCIPAL_USER"), List.of(), List.of()),
                Instant.parse("2026-02-18T10:00:00.000001Z"),
                Instant.parse("2026-02-18T11:00:00Z"),
                AuditLogQuery.Order.ASCENDING,
                99,
                "next"));

        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getUrl().encodedPath()).isEqualTo("/api/gitpod.v1.EventService/ListAuditLogs");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer canary-token");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("User-Agent")).isEqualTo("test/1");
        assertThat(request.getBody().utf8())
                .isEqualTo("{\"filter\":{\"actorIds\":[\"a\",\"b\"],\"actorPrincipals\":[\"PRINCIPAL_USER\"],"
                        + "\"from\":\"2026-02-18T10:00:00.000001Z\",\"to\":\"2026-02-18T11:00:00Z\"},"
                        + "\"pagination\":{\"pageSize\":99,\"token\":\"next\"},"
                        + "\"sort\":{\"field\":\"createdAt\",\"order\":\"SORT_ORDER_ASC\"}}");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503, 504})
    void aFailureThatMayPassIsRepeatedTwice(int status) throws Exception {
        server.enqueue(new MockResponse.Builder().code(status).build());
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(EMPTY_PAGE);

        assertThat(client.listAuditLogs(QUERY).entries()).isEmpty();
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void afterThatItIsReported() {
        for (int i = 0; i < 3; i++) {
            server.enqueue(error(503, "{\"code\":\"unavailable\",\"message\":\"try later\"}"));
        }

        ApiException failure = catchThrowableOfType(ApiException.class, () -> client.listAuditLogs(QUERY));
        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.code()).contains("unavailable");
        assertThat(failure).hasMessageContaining("ListAuditLogs").hasMessageContaining("try later");
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 412, 415})
    void whatARepeatCannotMendIsReportedAtOnce(int status) {
        server.enqueue(error(status, "<html>no</html>"));

        assertThatThrownBy(() -> client.listAuditLogs(QUERY)).hasMessageContaining(String.valueOf(status));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aCutAnswerIsRepeated() throws Exception {
        server.enqueue(ok("{\"entries\":[{\"id\":\"1\"}"));
        server.enqueue(ok("{\"entries\":[{\"id\":\"1\"}]}"));

        assertThat(client.listAuditLogs(QUERY).entries()).hasSize(1);
    }

    @Test
    void aPageForPeopleIsNamedAndAskedAgainAtGrowingIntervals() {
        server.enqueue(html());
        server.enqueue(EMPTY_PAGE);

        ApiException first = catchThrowableOfType(ApiException.class, () -> client.listAuditLogs(QUERY));
        ApiException second = catchThrowableOfType(ApiException.class, () -> client.authenticatedIdentity());

        assertThat(first)
                .hasMessageContaining("text/html instead of JSON: is baseUrl right, is a proxy in between?")
                .hasMessageNotContaining("Sign in");
        assertThat(first.isRequestRefused()).isFalse();
        assertThat(first.mayPassByItself()).isTrue();
        assertThat(second.retryAfter().orElseThrow()).isPositive();
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void textThatIsNoJsonIsNamedToo() {
        for (int i = 0; i < 3; i++) {
            server.enqueue(ok("It works!")
                    .newBuilder()
                    .setHeader("Content-Type", "text/plain")
                    .build());
        }

        assertThatThrownBy(() -> client.listAuditLogs(QUERY)).hasMessageContaining("text/plain instead of JSON");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 204, 206})
    void aSuccessOfAnotherKindIsNoAnswer(int status) {
        server.enqueue(new MockResponse.Builder().code(status).build());

        ApiException failure = catchThrowableOfType(ApiException.class, () -> client.listAuditLogs(QUERY));

        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure).hasMessageContaining("status 200");
    }

    @Test
    void anAnswerThatInflatesWithoutEndIsReadUpToABound() throws Exception {
        Buffer compressed = new Buffer();
        try (BufferedSink inflated = Okio.buffer(new GzipSink(compressed))) {
            inflated.writeUtf8("{\"entries\":[");
            String blank = " ".repeat(1024 * 1024);
            for (int i = 0; i < 20; i++) {
                inflated.writeUtf8(blank);
            }
            inflated.writeUtf8("]}");
        }
        for (int i = 0; i < 6; i++) {
            server.enqueue(new MockResponse.Builder()
                    .setHeader("Content-Encoding", "gzip")
                    .body(compressed.copy())
                    .build());
        }

        assertThatThrownBy(() -> client.listAuditLogs(QUERY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than 16777216 bytes");
        assertThatThrownBy(() -> client.listResources(ResourceListing.PROJECTS, null))
                .hasMessageContaining("longer than 16777216 bytes");
    }

    @Test
    void ofAnErrorThatNeverEndsOnlyTheBeginningIsRead() {
        server.enqueue(error(400, "x".repeat(40 * 1024 * 1024)));

        ApiException failure = catchThrowableOfType(ApiException.class, () -> client.listAuditLogs(QUERY));

        assertThat(failure.status()).isEqualTo(400);
        assertThat(failure.getMessage()).hasSizeLessThan(1000);
    }

    @Test
    void whatTheServerSaysIsShownWithoutTheTokenAndWithoutControlCharacters() {
        server.enqueue(error(
                400,
                "{\"code\":\"a\\ncanary-token\",\"message\":\"no\\r\\n2026-01-01 INFO canary-token\\u2028"
                        + "x".repeat(5000) + "\"}"));

        ApiException failure = catchThrowableOfType(ApiException.class, () -> client.listAuditLogs(QUERY));

        assertThat(failure.code()).contains("a\\u000axxxxxx");
        assertThat(failure)
                .hasMessageContaining("no\\u000d\\u000a2026-01-01 INFO xxxxxx\\u2028x")
                .hasMessageNotContaining("canary");
        assertThat(failure.getMessage()).doesNotContain("\n", "\r", "\u2028").hasSizeLessThan(1500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary-token", "{\"canary-token\":1}", "{\"entries\":canary-token}", "{\"a\n\":1}"})
    void anAnswerThatRepeatsTheTokenIsNotShown(String body) {
        for (int i = 0; i < 3; i++) {
            server.enqueue(ok(body));
        }

        Throwable failure = catchThrowable(() -> client.listAuditLogs(QUERY));

        assertThat(failure).isInstanceOf(IOException.class);
        assertThat(stackTrace(failure)).doesNotContain("canary");
        assertThat(failure.getMessage()).doesNotContain("\n");
    }

    @Test
    void aStatusLineThatRepeatsTheTokenIsNotShown() {
        for (int i = 0; i < 3; i++) {
            server.enqueue(
                    new MockResponse.Builder().status("HTTP/9.9 canary-token").build());
        }

        Throwable failure = catchThrowable(() -> client.listAuditLogs(QUERY));

        assertThat(failure).isInstanceOf(IOException.class).hasMessageContaining("HTTP/9.9");
        assertThat(stackTrace(failure)).doesNotContain("canary");
    }

    @Test
    void aPlanWithoutAuditLogsIsNamedAndHoldsUpNoOtherMethod() throws Exception {
        server.enqueue(
                error(
                        400,
                        "{\"code\":\"failed_precondition\",\"message\":\"feature is only available for enterprise customers\"}"));
        server.enqueue(ok("{\"organizationId\":\"o\",\"organizationTier\":\"ORGANIZATION_TIER_CORE\"}"));
        server.enqueue(EMPTY_PAGE);

        ApiException first = catchThrowableOfType(ApiException.class, () -> client.listAuditLogs(QUERY));
        ApiException second = catchThrowableOfType(ApiException.class, () -> client.listAuditLogs(QUERY));

        assertThat(first)
                .hasMessageContaining("only available for enterprise customers")
                .hasMessageContaining("Enterprise plan");
        assertThat(first.isRequestRefused()).isFalse();
        assertThat(second.isPlanMissing()).isTrue();
        assertThat(second.retryAfter().orElseThrow()).isPositive();
        assertThat(client.authenticatedIdentity().organizationTier()).isEqualTo("ORGANIZATION_TIER_CORE");
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    /** Otherwise a dry run takes the stored cursor for another organization's. */
    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"organizationId\":null}", "{\"organizationId\":\"\"}", "{\"organizationId\":\" \"}"})
    void anIdentityWithoutAnOrganizationTellsNone(String answer) throws Exception {
        server.enqueue(ok(answer));

        assertThat(client.authenticatedIdentity().organizationId()).isNull();
    }

    @Test
    void aLongRetryAfterEndsTheCallAndHoldsBackTheNextOnesOfThatCredential() {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .setHeader("Retry-After", "600")
                .build());
        server.enqueue(EMPTY_PAGE);

        ApiException first = catchThrowableOfType(ApiException.class, () -> client.listAuditLogs(QUERY));
        ApiException second = catchThrowableOfType(
                ApiException.class, () -> client(Duration.ofSeconds(60)).listAuditLogs(QUERY));

        assertThat(first.retryAfter()).contains(Duration.ofSeconds(600));
        assertThat(second.status()).isEqualTo(429);
        assertThat(second.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(600));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void theWaitOfTheLimitersOwnKindIsKeptToo() {
        server.enqueue(error(
                429,
                "{\"code\":\"resource_exhausted\",\"details\":[{\"type\":\"google.rpc.RetryInfo\","
                        + "\"value\":\"CgMI2AQ\"}]}"));
        server.enqueue(EMPTY_PAGE);

        ApiException first = catchThrowableOfType(ApiException.class, () -> client.listAuditLogs(QUERY));
        ApiException second = catchThrowableOfType(
                ApiException.class, () -> client(Duration.ofSeconds(60)).authenticatedIdentity());

        assertThat(first.retryAfter()).contains(Duration.ofSeconds(600));
        assertThat(second.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(600));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aRefusedTokenIsNotAskedAgainAtOnceButARotatedOneIs() throws Exception {
        server.enqueue(error(401, "{\"code\":\"unauthenticated\",\"message\":\"bad token canary-token\"}"));
        server.enqueue(EMPTY_PAGE);

        assertThatThrownBy(() -> client.listAuditLogs(QUERY))
                .hasMessageContaining("accessToken")
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> client.listAuditLogs(QUERY)).isInstanceOf(ApiException.class);
        assertThat(server.getRequestCount()).isEqualTo(1);

        token.set("rotated-token");
        assertThat(client.listAuditLogs(QUERY).entries()).isEmpty();
    }

    @Test
    void rotatedTokensLeaveNoGatesBehind() throws Exception {
        for (int i = 0; i < 100; i++) {
            token.set("token-" + i);
            server.enqueue(EMPTY_PAGE);
            client.listAuditLogs(QUERY);
        }
        assertThat(gates.credentials()).isEqualTo(1);

        client.close();
        assertThat(gates.credentials()).isZero();
    }

    @Test
    void aMissingRoleIsNamed() {
        server.enqueue(error(403, "{\"code\":\"permission_denied\",\"message\":\"no\"}"));

        assertThatThrownBy(() -> client.listAuditLogs(QUERY)).hasMessageContaining("audit-log reader role");
    }

    @Test
    void aMissingRoleForOneMethodHoldsUpNoOther() throws Exception {
        server.enqueue(error(403, "{\"code\":\"permission_denied\",\"message\":\"no\"}"));
        server.enqueue(ok("{\"projects\":[{\"id\":\"p\"}]}"));

        assertThatThrownBy(() -> client.listAuditLogs(QUERY)).isInstanceOf(ApiException.class);
        assertThat(client.listResources(ResourceListing.PROJECTS, null).resources())
                .hasSize(1);
        // Not sent: its gate is closed.
        assertThatThrownBy(() -> client.listAuditLogs(QUERY)).hasMessageContaining("audit-log reader role");
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void aListingIsAskedForByPages() throws Exception {
        server.enqueue(ok("{\"runners\":[{\"runnerId\":\"r\"}],\"pagination\":{\"nextToken\":\"n\"}}"));
        server.enqueue(EMPTY_PAGE);

        assertThat(client.listResources(ResourceListing.RUNNERS, null).nextToken())
                .isEqualTo("n");
        assertThat(client.listResources(ResourceListing.RUNNERS, "n").nextToken())
                .isNull();

        RecordedRequest first = server.takeRequest();
        assertThat(first.getUrl().encodedPath()).isEqualTo("/api/gitpod.v1.RunnerService/ListRunners");
        assertThat(first.getBody().utf8()).isEqualTo("{\"pagination\":{\"pageSize\":100}}");
        assertThat(server.takeRequest().getBody().utf8())
                .isEqualTo("{\"pagination\":{\"pageSize\":100,\"token\":\"n\"}}");
    }

    @Test
    void aRedirectOnTheSameHostIsFollowedWithItsBody() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(308)
                .setHeader("Location", "/v2/list")
                .build());
        server.enqueue(EMPTY_PAGE);

        client.listAuditLogs(QUERY);

        String body = server.takeRequest().getBody().utf8();
        RecordedRequest second = server.takeRequest();
        assertThat(second.getUrl().encodedPath()).isEqualTo("/v2/list");
        assertThat(second.getMethod()).isEqualTo("POST");
        assertThat(second.getBody().utf8()).isEqualTo(body);
    }

    @Test
    void aRedirectToAnotherHostIsAnErrorThatNamesItAndSendsNothingThere() throws Exception {
        try (MockWebServer other = new MockWebServer()) {
            other.start();
            String there = other.url("/api").toString();
            String target = other.url("/api/gitpod.v1.EventService/ListAuditLogs?state=secret")
                    .newBuilder()
                    .username("somebody")
                    .build()
                    .toString();
            server.enqueue(new MockResponse.Builder()
                    .code(307)
                    .setHeader("Location", target)
                    .build());

            assertThatThrownBy(() -> client.listAuditLogs(QUERY))
                    .hasMessageEndingWith("set baseUrl=" + there)
                    .hasMessageNotContaining("secret")
                    .hasMessageNotContaining("somebody");
            assertThat(other.getRequestCount()).isZero();
        }
    }

    @Test
    void aRedirectToWhatIsNoAddressIsNotShown() {
        server.enqueue(new MockResponse.Builder()
                .code(307)
                .setHeader("Location", "ftp://somebody:secret@files.example/?state=secret")
                .build());

        assertThatThrownBy(() -> client.listAuditLogs(QUERY))
                .hasMessageEndingWith("it redirects to what is not an address. Is baseUrl right?");
    }

    @Test
    void theServersTimeIsThatOfItsAnswersAndNotAhead() throws Exception {
        assertThat(client.serverTime()).isEmpty();
        server.enqueue(ok("{}").newBuilder()
                .setHeader("Date", "Wed, 18 Feb 2026 10:00:00 GMT")
                .build());

        client.listAuditLogs(QUERY);

        assertThat(client.serverTime().orElseThrow())
                .isBetween(Instant.parse("2026-02-18T09:59:59Z"), Instant.parse("2026-02-18T10:00:10Z"));
    }

    @Test
    void closingEndsACallThatWaitsForItsAnswer() throws Exception {
        server.enqueue(ok("{}").newBuilder().headersDelay(1, TimeUnit.HOURS).build());
        CompletableFuture<Throwable> call = callInBackground();
        assertThat(server.takeRequest(10, TimeUnit.SECONDS)).isNotNull();

        client.close();

        assertThat(call.get(5, TimeUnit.SECONDS)).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void anEnvironmentThatIsRefusedHoldsBackNoOther() {
        EventQuery refused = new EventQuery("a", List.of());
        server.enqueue(new MockResponse.Builder().code(403).build());

        assertThat(catchThrowable(() -> client.watchEvents(refused, 1_000))).isInstanceOf(ApiException.class);

        assertThat(client.streamsAllowedIn(refused)).isPositive();
        assertThat(client.streamsAllowedIn(new EventQuery("b", List.of()))).isZero();
        assertThat(client.streamsAllowedIn(new EventQuery(null, List.of()))).isZero();
    }

    @Test
    void closingEndsTheWaitBeforeARepeat() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .setHeader("Retry-After", "50")
                .build());
        CompletableFuture<Throwable> call = callInBackground();
        await().until(() ->
                !client.streamsAllowedIn(new EventQuery(null, List.of())).isZero());

        client.close();

        assertThat(call.get(5, TimeUnit.SECONDS)).isInstanceOf(ClientClosedException.class);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    private CompletableFuture<Throwable> callInBackground() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                client.listAuditLogs(QUERY);
                return null;
            } catch (IOException e) {
                return e;
            }
        });
    }

    private OkHttpGitpodClient client(Duration maxRetryAfter) {
        GitpodClientSettings settings = new GitpodClientSettings(
                server.url("/api"), token::get, Duration.ofSeconds(60), 2, maxRetryAfter, "test/1");
        return new OkHttpGitpodClient(settings, new OkHttpClient(), gates, new RequestMeter(System::nanoTime));
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static MockResponse html() {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "text/html; charset=utf-8")
                .body("<html>Sign in</html>")
                .build();
    }

    private static MockResponse ok(String json) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body(json)
                .build();
    }

    private static MockResponse error(int status, String body) {
        return new MockResponse.Builder().code(status).body(body).build();
    }
}
