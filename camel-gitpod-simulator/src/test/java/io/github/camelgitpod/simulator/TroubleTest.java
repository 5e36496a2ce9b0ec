package io.github.camelgitpod.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.simulator.protocol.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TroubleTest {

    private static final String LIST = "ListAuditLogs";

    @RegisterExtension
    final GitpodSimulatorExtension extension =
            new GitpodSimulatorExtension(GitpodSimulator.builder().clock(new SettableClock("2026-03-01T12:00:00Z")));

    private GitpodSimulator simulator;
    private Trouble trouble;
    private SimulatorClient client;

    @BeforeEach
    void connect() {
        simulator = extension.simulator();
        trouble = simulator.trouble();
        client = new SimulatorClient(simulator);
    }

    private void fill(int n) {
        for (int i = 0; i < n; i++) {
            simulator
                    .auditLog()
                    .add(Entry.at(Instant.parse("2026-03-01T10:00:00Z").plusSeconds(i)));
        }
    }

    private List<Integer> statuses(int n) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            statuses.add(client.post(LIST, "{}").statusCode());
        }
        return statuses;
    }

    @Test
    void respondsSoManyTimes() {
        TroubleRule rule = trouble.on(LIST)
                .times(2)
                .respond(503, "unavailable", "try later")
                .retryAfter("2");
        HttpResponse<String> response = client.post(LIST, "{}");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("{\"code\":\"unavailable\",\"message\":\"try later\"}");
        assertThat(response.headers().firstValue("retry-after")).contains("2");
        assertThat(statuses(2)).containsExactly(503, 200);
        assertThat(rule.hits()).isEqualTo(2);
        assertThat(simulator.requests().of(LIST).get(0).status()).isEqualTo(503);
    }

    @Test
    void limitsTheRateAsTheServiceDoes() {
        TroubleRule rule = trouble.on(LIST).rateLimited(Duration.ofSeconds(4));
        HttpResponse<String> response = client.post(LIST, "{}");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("ratelimit-retryafter")).contains("4");
        assertThat(response.headers().firstValue("retry-after")).isEmpty();
        // RetryInfo { retry_delay { seconds: 4 } }
        assertThat(response.body())
                .isEqualTo(
                        "{\"code\":\"resource_exhausted\",\"message\":\"rate limit exceeded\",\"details\":["
                                + "{\"type\":\"google.rpc.RetryInfo\",\"value\":\"CgIIBA\",\"debug\":{\"retryDelay\":\"4s\"}}]}");
        rule.clear();
        trouble.on(LIST).rateLimited(Duration.ofMillis(300_250));
        response = client.post(LIST, "{}");
        assertThat(response.headers().firstValue("ratelimit-retryafter")).contains("301");
        JsonNode detail = Json.read(response.body()).at("/details/0");
        assertThat(detail.at("/debug/retryDelay").asText()).isEqualTo("300.250s");
        assertThat(HexFormat.of()
                        .formatHex(
                                Base64.getDecoder().decode(detail.get("value").asText())))
                .isEqualTo("0a08" + "08ac02" + "1080e59a77");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trouble.on(LIST).rateLimited(Duration.ofSeconds(-1)))
                .withMessageContaining("PT-1S");
    }

    @Test
    void whoAsksHowLongToWaitIsChosen() {
        trouble.on(LIST)
                .respond(503, "unavailable", "x")
                .retryInfo(Duration.ofSeconds(1))
                .retryAfter("9");
        HttpResponse<String> response = client.post(LIST, "{}");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("google.rpc.RetryInfo", "\"1s\"");
        assertThat(response.headers().firstValue("retry-after")).contains("9");
        assertThat(response.headers().firstValue("ratelimit-retryafter")).isEmpty();
    }

    @Test
    void hitsOnlyItsMethodAndItsRequests() {
        trouble.on(LIST).nth(2).respond(500, "internal", "x");
        trouble.on(LIST).after(3).times(1).respond(429, "resource_exhausted", "x");
        assertThat(client.post("ListRunners", "{}").statusCode()).isEqualTo(200);
        assertThat(statuses(5)).containsExactly(200, 500, 200, 429, 200);
    }

    @Test
    void aMethodThatThereIsNotIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trouble.on("ListAuditLog"))
                .withMessageContaining("no method ListAuditLog ")
                .withMessageContaining("GetAuditLog, GetAuthenticatedIdentity, ListAuditLogs, ")
                .withMessageContaining("* for all");
    }

    @Test
    void chanceIsSeeded() {
        TroubleRule rule = trouble.on(Trouble.ANY).probability(0.5, 7).respond(500, "internal", "x");
        List<Integer> first = statuses(20);
        rule.clear();
        trouble.on(Trouble.ANY).probability(0.5, 7).respond(500, "internal", "x");
        assertThat(statuses(20)).isEqualTo(first).contains(200, 500);
        trouble.clear();
        assertThat(statuses(5)).containsOnly(200);
    }

    @Test
    void respondsWithAProxysPage() {
        trouble.on(LIST).respondRaw(200, "text/html", "<html>");
        HttpResponse<String> response = client.post(LIST, "{}");
        assertThat(response.body()).isEqualTo("<html>");
        assertThat(response.headers().firstValue("content-type")).contains("text/html");
    }

    @Test
    void redirects() {
        trouble.on(LIST).redirect(307, "http://localhost:1/elsewhere");
        HttpResponse<String> response = client.post(LIST, "{}");
        assertThat(response.statusCode()).isEqualTo(307);
        assertThat(response.headers().firstValue("location")).contains("http://localhost:1/elsewhere");
    }

    @Test
    void delaysTheAnswer() {
        TroubleRule forLong = trouble.on(LIST).delay(Duration.ofHours(1));
        assertThatThrownBy(() -> SimulatorClient.send(client.request(LIST, "{}").timeout(Duration.ofMillis(300))))
                .hasCauseInstanceOf(HttpTimeoutException.class);
        forLong.clear();
        trouble.on(LIST).delay(Duration.ofMillis(20));
        assertThat(statuses(1)).containsExactly(200);
    }

    @Test
    void resetsTheConnection() {
        trouble.on("ListRunners").times(2).reset();
        // The JDK's client sends a request again by itself if a connection that it kept was closed.
        assertThatThrownBy(() -> {
                    client.post("ListRunners", "{}");
                    client.post("ListRunners", "{}");
                })
                .isInstanceOf(UncheckedIOException.class);
        assertThat(simulator.requests().of("ListRunners").get(0).status()).isZero();
    }

    @Test
    void neverAnswers() {
        trouble.on(LIST).silence();
        assertThatThrownBy(() -> SimulatorClient.send(client.request(LIST, "{}").timeout(Duration.ofMillis(300))))
                .hasCauseInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void truncatesTheBody() throws IOException {
        fill(50);
        trouble.on(LIST).truncate(100);
        HttpResponse<InputStream> response =
                SimulatorClient.send(client.request(LIST, "{}"), BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValueAsLong("content-length").orElseThrow())
                .isGreaterThan(1000);
        InputStream body = response.body();
        assertThat(body.readNBytes(100)).hasSize(100);
        assertThatThrownBy(body::read).isInstanceOf(IOException.class);
    }

    @Test
    void truncatesACompressedBody() throws IOException {
        fill(50);
        trouble.on(LIST).truncate(100);
        HttpResponse<InputStream> response = SimulatorClient.send(
                client.request(LIST, "{}").header("Accept-Encoding", "gzip"), BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
        byte[] got = response.body().readNBytes(100);
        assertThatThrownBy(() -> new GZIPInputStream(new ByteArrayInputStream(got)).readAllBytes())
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> response.body().read()).isInstanceOf(IOException.class);
    }

    @Test
    void sendsTheBodySlowlyButWhole() throws IOException {
        fill(2);
        String whole = client.post(LIST, "{}").body();
        trouble.on(LIST).slow(whole.length() * 4);
        assertThat(client.post(LIST, "{}").body()).isEqualTo(whole);
        trouble.on(LIST).slow(1);
        try (InputStream body = SimulatorClient.send(client.request(LIST, "{}"), BodyHandlers.ofInputStream())
                .body()) {
            assertThat(body.read()).isEqualTo('{');
            assertThat(body.available()).isZero();
        }
    }

    @Test
    void movesOrDropsTheDate() {
        assertThat(date()).isEqualTo("Sun, 01 Mar 2026 12:00:00 GMT");
        TroubleRule skew = trouble.on(LIST).skewDate(Duration.ofMinutes(-10));
        assertThat(date()).isEqualTo("Sun, 01 Mar 2026 11:50:00 GMT");
        skew.clear();
        trouble.on(LIST).noDate();
        assertThat(date()).isNull();
    }

    private String date() {
        HttpHeaders headers = client.post(LIST, "{}").headers();
        return headers.firstValue("date").orElse(null);
    }

    @Test
    void emptyPagesLeadToTheSamePage() {
        fill(5);
        String asc = "\"sort\":{\"order\":\"SORT_ORDER_ASC\"}";
        for (PageTokens tokens : List.of(PageTokens.KEYSET_ID, PageTokens.OFFSET, PageTokens.SKIPS_TIES)) {
            simulator.pageTokens(tokens);
            TroubleRule rule = trouble.on(LIST).when(number -> number % 3 != 0).emptyPage();
            assertThat(client.walk(asc, 2)).isEqualTo(simulator.auditLog().ids());
            assertThat(client.walk("", 2)).hasSize(5);
            assertThat(rule.hits()).isGreaterThan(3);
            rule.clear();
        }
        trouble.on(LIST).emptyPage();
        JsonNode page = client.json(LIST, "{}");
        assertThat(SimulatorClient.ids(page)).isEmpty();
        String token = SimulatorClient.nextToken(page);
        assertThat(token).isNotEmpty();
        JsonNode next = client.json(LIST, "{\"pagination\":{\"token\":\"" + token + "\"}}");
        assertThat(SimulatorClient.nextToken(next)).isNotEmpty().isNotEqualTo(token);
    }

    @Test
    void repeatsTheToken() {
        fill(5);
        trouble.on(LIST).repeatToken();
        String token = SimulatorClient.nextToken(client.json(LIST, "{\"pagination\":{\"pageSize\":2}}"));
        String again = "{\"pagination\":{\"pageSize\":2,\"token\":\"" + token + "\"}}";
        assertThat(SimulatorClient.nextToken(client.json(LIST, again))).isEqualTo(token);
    }

    @Test
    void expiresTheToken() {
        fill(5);
        String token = SimulatorClient.nextToken(client.json(LIST, "{\"pagination\":{\"pageSize\":2}}"));
        trouble.on(LIST).expireToken();
        assertThat(client.post(LIST, "{}").statusCode()).isEqualTo(200);
        HttpResponse<String> response = client.post(LIST, "{\"pagination\":{\"token\":\"" + token + "\"}}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("invalid_argument", "expired");
    }

    @Test
    void writesLinesOddly() {
        trouble.on("WatchEvents").lineEnd("\r\n").blankLines().byteOrderMark().noFinalNewline();
        StreamReader reader = new StreamReader(client.open("{}"));
        simulator.eventStreams().publish("O", "T", "1");
        simulator.eventStreams().publish("O", "T", "2");
        simulator.eventStreams().endAll();
        await().until(() -> reader.end() != null);
        assertThat(reader.text())
                .isEqualTo("\u00EF\u00BB\u00BF{\"operation\":\"O\",\"resourceType\":\"T\",\"resourceId\":\"1\"}\r\n\r\n"
                        + "{\"operation\":\"O\",\"resourceType\":\"T\",\"resourceId\":\"2\"}");
    }
}
