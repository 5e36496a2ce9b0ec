package io.github.camelgitpod.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.ClientClosedException;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.RequestMeter;
import io.github.camelgitpod.client.ResourceListing;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamLine;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OkHttpEventConnectionTest {
    private static final EventQuery ORGANIZATION = new EventQuery(null, List.of());
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final int BOUND = 1000;
    private static final String CREATE = "{\"operation\":\"RESOURCE_OPERATION_CREATE\","
            + " \"resourceType\":\"RESOURCE_TYPE_ENVIRONMENT\",\"resourceId\":\"e1\",\"new\":{\"ä\":1.50}}";

    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient http = new OkHttpClient();
    private OkHttpGitpodClient client;

    @BeforeEach
    void start() throws IOException {
        server.start();
        GitpodClientSettings settings = new GitpodClientSettings(
                server.url("/api"), () -> "secret", Duration.ofSeconds(5), 0, Duration.ZERO, "test/1");
        client = new OkHttpGitpodClient(settings, http, new RequestGates(), new RequestMeter(System::nanoTime));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    @Test
    void asksForJsonLinesOfTheOrganization() throws Exception {
        server.enqueue(stream(""));

        open().close();

        RecordedRequest request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/api/gitpod.v1.EventService/WatchEvents");
        assertThat(request.getHeaders().get("Accept")).isEqualTo("application/jsonl");
        assertThat(request.getBody().utf8()).isEqualTo("{\"organization\":true}");
    }

    @Test
    void anEventHasItsFieldsAndTheExactTextOfItsLine() throws Exception {
        server.enqueue(stream("\uFEFF" + CREATE + "\r\n\n" + "{\"resourceId\":\"x\",\"operation\":\"BRAND_NEW\"}\n"));
        Instant before = Instant.now();

        List<StreamLine> lines = readToEnd();

        GitpodEvent first = (GitpodEvent) lines.get(0);
        assertThat(first.operation()).isEqualTo("RESOURCE_OPERATION_CREATE");
        assertThat(first.resourceType()).isEqualTo("RESOURCE_TYPE_ENVIRONMENT");
        assertThat(first.resourceId()).isEqualTo("e1");
        assertThat(first.json()).hasToString(CREATE);
        assertThat(first.receivedAt()).isBetween(before, Instant.now());
        GitpodEvent second = (GitpodEvent) lines.get(1);
        assertThat(second.operation()).isEqualTo("BRAND_NEW");
        assertThat(second.resourceType()).isNull();
        assertThat(lines).hasSize(2);
    }

    /** Three events behind a mark, with both line ends, a heartbeat, an envelope, wide characters, and no end at last. */
    @Test
    @Tag("T18")
    void eventsAreTheSameWhereverTheirBytesAreSplit() throws Exception {
        String three =
                "\uFEFF" + CREATE + "\r\n\r\n{\"result\":{\"resourceId\":\"e2\"}}\n{\"resourceId\":\"e\u20283 😀\"}";
        int length = three.getBytes(StandardCharsets.UTF_8).length;
        List<String> expected = List.of("e1", "e2", "e\u20283 😀");

        for (int size = 1; size <= length; size++) {
            server.enqueue(new MockResponse.Builder().chunkedBody(three, size).build());
            assertThat(readToEnd())
                    .as("in parts of %d bytes", size)
                    .extracting(line -> ((GitpodEvent) line).resourceId())
                    .isEqualTo(expected);
        }
        for (int cut = 1; cut < length; cut++) {
            byte[] part = Arrays.copyOf(three.getBytes(StandardCharsets.UTF_8), cut);
            server.enqueue(
                    new MockResponse.Builder().body(new Buffer().write(part)).build());
            List<StreamLine> lines = readToEnd();
            // What is whole comes; what the end cut off is told, once.
            assertThat(lines.stream().filter(GitpodEvent.class::isInstance).map(line -> ((GitpodEvent) line)
                            .resourceId()))
                    .as("cut after %d bytes", cut)
                    .isEqualTo(expected.subList(0, (int)
                            lines.stream().filter(GitpodEvent.class::isInstance).count()));
            assertThat(lines.stream()
                            .filter(StreamLine.Skipped.class::isInstance)
                            .count())
                    .as("cut after %d bytes", cut)
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void anEventInsideAnEnvelopeIsTheInnerObject() throws Exception {
        server.enqueue(stream("{\"result\": " + CREATE + " , \"other\":[1]}\n"));

        GitpodEvent event = (GitpodEvent) readToEnd().get(0);

        assertThat(event.resourceId()).isEqualTo("e1");
        assertThat(event.json()).hasToString(CREATE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " { } ",
                "{\"metadata\":{\"a\":[\"b\"]}}",
                "{\"result\":{}}",
                "{\"error\":null,\"metadata\":{}}"
            })
    void whatOnlyClosesTheStreamIsNoEvent(String line) throws Exception {
        server.enqueue(stream(line + "\n"));

        assertThat(readToEnd()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":\"unavailable\",\"message\":\"going down\"}",
                "{\"heartbeat\":true}",
                "{\"result\":{\"code\":\"unavailable\"}}",
                "{\"operation\":null,\"resourceId\":null,\"reason\":\"none\"}"
            })
    void anObjectWithoutAnyFieldOfAnEventIsSkippedAndTheStreamGoesOn(String line) throws Exception {
        server.enqueue(stream(line + "\n" + CREATE + "\n"));

        List<StreamLine> lines = readToEnd();

        assertThat(lines).hasSize(2).last().isInstanceOf(GitpodEvent.class);
        assertThat(lines.get(0))
                .isEqualTo(new StreamLine.Skipped(
                        "a JSON object without operation, resourceType and resourceId", line.length()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"code\":\"unavailable\",\"message\":\"going down\"}}\n",
                "{\"error\":{\"code\":\"unavailable\",\"message\":\"going down\"},\"metadata\":{}}",
                "{\"metadata\":{},\"error\" : {\"message\":\"going down\",\"code\":\"unavailable\",\"details\":[{}]}}\r\n"
            })
    void anErrorLineIsThrown(String line) throws Exception {
        server.enqueue(stream(CREATE + "\n" + line));

        try (EventConnection connection = open()) {
            assertThat(connection.read()).isInstanceOf(GitpodEvent.class);
            assertThatThrownBy(connection::read).isInstanceOfSatisfying(ApiException.class, e -> {
                assertThat(e.code()).contains("unavailable");
                assertThat(e.status()).isZero();
                assertThat(e).hasMessageContaining("going down");
            });
        }
    }

    @Test
    void anErrorLineCanAskForAWait() throws Exception {
        server.enqueue(stream("{\"error\":{\"code\":\"resource_exhausted\",\"details\":[{\"type\":"
                + "\"google.rpc.RetryInfo\",\"value\":\"CgIIBA\"}]}}\n"));

        try (EventConnection connection = open()) {
            assertThatThrownBy(connection::read)
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(4)));
        }
    }

    @ParameterizedTest
    @CsvSource({"400,invalid_argument,resourceTypes", "404,not_found,environmentId"})
    void aRefusedRequestNamesTheOptionsThatMayBeMeant(int status, String code, String option) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .body("{\"code\":\"" + code + "\",\"message\":\"no such thing\"}")
                .build());

        assertThatThrownBy(this::open)
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("WatchEvents was answered with " + status + " " + code + ": no such thing")
                .hasMessageContaining(option);
    }

    @Test
    void aStreamOfHtmlIsRefusedBeforeItBegins() {
        server.enqueue(new MockResponse.Builder()
                .setHeader("Content-Type", "text/html")
                .body("<html>\n\nSign in\n</html>")
                .build());

        assertThatThrownBy(this::open)
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("text/html instead of JSON: is baseUrl right, is a proxy in between?");
    }

    @Test
    void anErrorLineIsShownWithoutTheTokenAndWithoutControlCharacters() throws Exception {
        server.enqueue(stream("{\"error\":{\"code\":\"my secret\",\"message\":\"a\\nb secret\"}}\n"));

        try (EventConnection connection = open()) {
            assertThatThrownBy(connection::read).isInstanceOfSatisfying(ApiException.class, e -> {
                assertThat(e.code()).contains("my xxxxxx");
                assertThat(e).hasMessageContaining("a\\u000ab xxxxxx");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void linesInOtherEncodingsAreSkipped(String charset) throws Exception {
        server.enqueue(new MockResponse.Builder()
                .body(new Buffer()
                        .writeString(CREATE + "\n", Charset.forName(charset))
                        .writeUtf8("\n" + CREATE + "\n"))
                .build());

        List<StreamLine> lines = readToEnd();

        assertThat(lines).hasSizeGreaterThan(1).last().isInstanceOf(GitpodEvent.class);
        assertThat(lines.subList(0, lines.size() - 1)).allMatch(StreamLine.Skipped.class::isInstance);
    }

    @Test
    void aLineOfInvalidUtf8IsSkipped() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .body(new Buffer()
                        .writeUtf8("{\"resourceId\":\"e1\",\"new\":\"")
                        .writeByte(0xFF)
                        .writeUtf8("\"}\n" + CREATE + "\n"))
                .build());

        assertThat(readToEnd()).hasSize(2).first().isInstanceOf(StreamLine.Skipped.class);
    }

    @Test
    void anErrorThatIsATextIsThrownToo() throws Exception {
        server.enqueue(stream("{\"error\":\"going down\"}\n"));

        try (EventConnection connection = open()) {
            assertThatThrownBy(connection::read)
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("going down");
        }
    }

    @Test
    void anEventWithAnErrorFieldIsAnEvent() throws Exception {
        server.enqueue(stream("{\"resourceId\":\"e\",\"error\":{\"code\":\"internal\"}}\n"));

        assertThat(readToEnd()).singleElement().isInstanceOf(GitpodEvent.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "[1]",
                "\"text\"",
                "17",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":1",
                "{\"operation\":}",
                "<html>"
            })
    void aLineThatIsNoObjectIsSkippedAndTheStreamGoesOn(String line) throws Exception {
        server.enqueue(stream(line + "\n" + CREATE + "\n"));

        List<StreamLine> lines = readToEnd();

        assertThat(lines.get(0)).isEqualTo(new StreamLine.Skipped("not a JSON object", line.length()));
        assertThat(lines.get(1)).isInstanceOf(GitpodEvent.class);
        assertThat(lines).hasSize(2);
    }

    @Test
    void aLineThatIsTooLongIsSkippedAndTheStreamGoesOn() throws Exception {
        server.enqueue(stream("{\"a\":\"" + "x".repeat(300_000) + "\"}\n" + CREATE + "\n"));

        List<StreamLine> lines = readToEnd();

        assertThat(lines.get(0)).isEqualTo(new StreamLine.Skipped("longer than 1000 bytes", 300_008));
        assertThat(lines.get(1)).isInstanceOf(GitpodEvent.class);
    }

    @Test
    void aCutThrowsAfterWhatArrivedCompletely() throws Exception {
        server.enqueue(truncated(CREATE + "\n" + CREATE));

        try (EventConnection connection = open()) {
            assertThat(connection.read()).isInstanceOf(GitpodEvent.class);
            assertThat(connection.read()).isInstanceOf(GitpodEvent.class);
            assertThatThrownBy(connection::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aLineThatTheEndCutOffIsSkipped() throws Exception {
        server.enqueue(truncated(CREATE + "\n" + "{\"operation\":\"RESOURCE"));
        server.enqueue(stream(CREATE + "\n" + "{\"operation\":\"RESOURCE"));

        try (EventConnection connection = open()) {
            assertThat(connection.read()).isInstanceOf(GitpodEvent.class);
            assertThat(connection.read()).isEqualTo(new StreamLine.Skipped("cut off by the end of the stream", 22));
            assertThatThrownBy(connection::read).isInstanceOf(IOException.class);
        }
        List<StreamLine> lines = readToEnd();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).isInstanceOf(StreamLine.Skipped.class);
    }

    @Test
    void silenceIsTheTimeInWhichReadingWaits() throws Exception {
        server.enqueue(staysOpen(CREATE + "\n"));

        try (EventConnection connection = open()) {
            assertThat(connection.read()).isInstanceOf(GitpodEvent.class);
            assertThat(connection.silence()).isZero();
            CompletableFuture<Object> read = CompletableFuture.supplyAsync(() -> catchThrowable(connection::read));
            await().atMost(LONG).until(() -> connection.silence().toMillis() > 200);
            assertThat(read).isNotDone();
        }
    }

    @Test
    void heartbeatsEndTheSilenceAndMoveTheTimeOfTheLastByte() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .body("\n".repeat(30 * 100))
                .throttleBody(30, 150, TimeUnit.MILLISECONDS)
                .build());

        try (EventConnection connection = open()) {
            Instant opened = connection.lastByteAt();
            CompletableFuture<Object> read = CompletableFuture.supplyAsync(() -> catchThrowable(connection::read));
            await().atMost(LONG).until(() -> connection.lastByteAt().isAfter(opened.plusMillis(700)));
            assertThat(read).isNotDone();
            assertThat(connection.silence()).isLessThan(Duration.ofMillis(700));
            client.close();
            await().atMost(LONG).until(read::isDone);
        }
    }

    /** A line that never ends would be lost in silence if what is read went on with each of its bytes. */
    @Test
    void aLineThatHasNotEndedIsNotRead() throws Exception {
        String longLine = "{\"resourceId\":\"e2\",\"more\":\"" + "x".repeat(30 * 12) + "\"}\n";
        server.enqueue(new MockResponse.Builder()
                .body(CREATE + "\n" + longLine + "\n".repeat(30 * 100))
                .throttleBody(30, 100, TimeUnit.MILLISECONDS)
                .build());

        try (EventConnection connection = open()) {
            assertThat(connection.read()).isInstanceOf(GitpodEvent.class);
            FutureTask<StreamLine> read = new FutureTask<>(connection::read);
            new Thread(read).start();
            await().atMost(LONG).until(() -> connection
                    .lastByteAt()
                    .isAfter(connection.readUpTo().plusMillis(400)));
            assertThat(read).as("while its line has not ended").isNotDone();

            GitpodEvent second = (GitpodEvent) read.get();
            CompletableFuture<Object> heartbeats =
                    CompletableFuture.supplyAsync(() -> catchThrowable(connection::read));
            await().atMost(LONG)
                    .until(() ->
                            connection.readUpTo().isAfter(second.receivedAt().plusMillis(150)));
            client.close();
            await().atMost(LONG).until(heartbeats::isDone);
        }
    }

    @Test
    void silenceIsNoFailureAlsoBeyondTheLimitForHeaders() throws Exception {
        server.enqueue(staysOpen(""));
        OkHttpClient impatient =
                http.newBuilder().readTimeout(Duration.ofMillis(300)).build();
        GitpodClientSettings settings = new GitpodClientSettings(
                server.url("/api"), () -> "secret", Duration.ofSeconds(5), 0, Duration.ZERO, "test/1");
        try (OkHttpGitpodClient other = new OkHttpGitpodClient(
                        settings, impatient, new RequestGates(), new RequestMeter(System::nanoTime));
                EventConnection connection = other.watchEvents(ORGANIZATION, BOUND)) {
            CompletableFuture<Object> read = CompletableFuture.supplyAsync(() -> catchThrowable(connection::read));
            await().atMost(LONG).until(() -> connection.silence().toMillis() > 700);
            assertThat(read).isNotDone();
            other.close();
            await().atMost(LONG).until(read::isDone);
        }
    }

    @Test
    void aStreamGetsAConnectionOfItsOwn() throws Exception {
        server.enqueue(new MockResponse.Builder().body("{}").build());
        server.enqueue(staysOpen(""));
        client.listResources(ResourceListing.PROJECTS, null);

        try (EventConnection connection = open()) {
            assertThat(connection.awaitsAnswer()).isFalse();
        }
        server.takeRequest();
        assertThat(server.takeRequest().getConnectionIndex()).isEqualTo(1);
    }

    @Test
    void whatCameWithALineIsThereWithoutWaiting() throws Exception {
        server.enqueue(staysOpen(CREATE + "\n" + CREATE + "\n\n{}\n" + CREATE + "\n\n{}\n{\"half"));

        try (EventConnection connection = open()) {
            assertThat(connection.read()).isInstanceOf(GitpodEvent.class);
            List<StreamLine> more = new ArrayList<>();
            for (StreamLine line = connection.poll(); line != null; line = connection.poll()) {
                more.add(line);
            }
            assertThat(more).hasSize(2).allMatch(GitpodEvent.class::isInstance);
        }
    }

    @Test
    void aClientThatAsksForSignsOfLifeKnowsHowSoonADeadPeerIsFound() throws Exception {
        server.enqueue(staysOpen(""));
        server.enqueue(staysOpen(""));
        try (EventConnection connection = open()) {
            assertThat(connection.lifeSigns()).isEmpty();
        }
        OkHttpClient probed = LifeSigns.askFor(http.newBuilder()).build();
        GitpodClientSettings settings = new GitpodClientSettings(
                server.url("/api"), () -> "secret", Duration.ofSeconds(5), 0, Duration.ZERO, "test/1");
        try (OkHttpGitpodClient other = new OkHttpGitpodClient(
                        settings, probed, new RequestGates(), new RequestMeter(System::nanoTime));
                EventConnection connection = other.watchEvents(ORGANIZATION, BOUND)) {
            assertThat(connection.lifeSigns()).contains(Duration.ofSeconds(60));
        }
    }

    @Test
    void theTimeOfTheLastByteBeginsWithTheHeaders() throws Exception {
        server.enqueue(staysOpen(""));
        Instant before = Instant.now();

        try (EventConnection connection = open()) {
            assertThat(connection.lastByteAt()).isBetween(before, Instant.now());
        }
    }

    @Test
    void closingTheConnectionEndsABlockedRead() throws Exception {
        server.enqueue(staysOpen(CREATE + "\n"));
        EventConnection connection = open();
        connection.read();

        assertThat(failureOfABlockedRead(connection, connection::close)).isInstanceOf(ClientClosedException.class);
        assertThat(http.connectionPool().connectionCount()).isZero();
    }

    @Test
    void closingTheClientEndsABlockedRead() throws Exception {
        server.enqueue(staysOpen(CREATE + "\n"));
        try (EventConnection connection = open()) {
            connection.read();

            assertThat(failureOfABlockedRead(connection, client::close)).isInstanceOf(ClientClosedException.class);
        }
    }

    @Test
    void nothingIsReadAfterTheClientWasClosed() throws Exception {
        server.enqueue(staysOpen((CREATE + "\n").repeat(10)));
        try (EventConnection connection = open()) {
            connection.read();
            client.close();

            assertThatThrownBy(connection::read).isInstanceOf(ClientClosedException.class);
        }
    }

    @Test
    void aRefusalIsThrownWhenOpening() {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", "7")
                .body("{\"code\":\"resource_exhausted\",\"message\":\"slow down\"}")
                .build());

        assertThatThrownBy(this::open).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(429);
            assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
        });
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    private static Throwable failureOfABlockedRead(EventConnection connection, Runnable close) throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread reader = new Thread(() -> failure.complete(catchThrowable(connection::read)));
        reader.start();
        await().atMost(LONG).until(() -> isReadingASocket(reader));
        // On a thread of its own: it must not wait for the read that it is to end.
        CompletableFuture.runAsync(close).get(LONG.toSeconds(), TimeUnit.SECONDS);
        Throwable thrown = failure.get(LONG.toSeconds(), TimeUnit.SECONDS);
        reader.join();
        return thrown;
    }

    private static boolean isReadingASocket(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().contains("Read") && frame.getClassName().startsWith("sun.nio.ch")) {
                return true;
            }
        }
        return false;
    }

    private EventConnection open() throws IOException {
        return client.watchEvents(ORGANIZATION, BOUND);
    }

    private List<StreamLine> readToEnd() throws IOException {
        List<StreamLine> lines = new ArrayList<>();
        try (EventConnection connection = open()) {
            for (StreamLine line = connection.read(); line != null; line = connection.read()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static MockResponse stream(String text) {
        return new MockResponse.Builder().chunkedBody(text, 7).build();
    }

    private static MockResponse truncated(String text) {
        return longerThan(text).onResponseEnd(new SocketEffect.CloseSocket()).build();
    }

    private static MockResponse staysOpen(String text) {
        return longerThan(text).build();
    }

    /** An answer that promises more than it sends. */
    private static MockResponse.Builder longerThan(String text) {
        return new MockResponse.Builder().body(text).setHeader("Content-Length", 1_000_000);
    }
}
