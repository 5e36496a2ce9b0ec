package io.github.camelgitpod.client.http;

import static io.github.camelgitpod.testing.RawServer.drip;
import static io.github.camelgitpod.testing.RawServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.ClientClosedException;
import io.github.camelgitpod.client.EventConnection;
import io.github.camelgitpod.client.EventQuery;
import io.github.camelgitpod.client.RequestMeter;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamLine;
import io.github.camelgitpod.testing.RawServer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that answers the request for a stream late, slowly, or never. */
@Timeout(60)
class LateAnswerTest {
    private static final String HEADERS = "HTTP/1.1 200 OK\r\nContent-Type: application/jsonl\r\n\r\n";
    private static final String EVENT = "{\"resourceId\":\"late\"}\n";

    /** After it, a request without an answer counts as taken; where an answer has begun, it has to be complete. */
    private static final Duration SHORT = Duration.ofMillis(500);

    private final CountDownLatch happens = new CountDownLatch(1);
    private final OkHttpClient http =
            new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(1)).build();
    private RawServer server;
    private OkHttpGitpodClient client;

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    @Test
    void aStreamIsOpenBeforeItIsAnsweredAndTheAnswerComesWithTheFirstEvent() throws Exception {
        EventConnection connection = open(SHORT, (method, out) -> {
            happens.await();
            send(out, HEADERS + EVENT);
        });
        assertThat(connection.awaitsAnswer()).isTrue();
        assertThat(connection.silence()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
        assertThat(connection.openedAt())
                .isAfterOrEqualTo(connection.lastByteAt().plusMillis(500));
        assertThat(server.count("GetAuthenticatedIdentity")).isEqualTo(1);

        CompletableFuture<StreamLine> read = reading(connection);
        // Longer than the client's own read timeout.
        await().until(() -> connection.silence().toMillis() > 1500);
        assertThat(read).isNotDone();
        happens.countDown();

        assertThat(((GitpodEvent) read.get(10, TimeUnit.SECONDS)).resourceId()).isEqualTo("late");
        assertThat(connection.awaitsAnswer()).isFalse();
        assertThat(connection.lastByteAt()).isAfter(connection.openedAt());
    }

    @Test
    void aLateErrorEndsTheWait() throws Exception {
        EventConnection connection = open(SHORT, (method, out) -> {
            happens.await();
            send(out, 503, "{\"code\":\"unavailable\",\"message\":\"later\"}");
        });
        CompletableFuture<StreamLine> read = reading(connection);
        happens.countDown();

        assertThat(read)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(ApiException.class)
                .withMessageContaining("503 unavailable: later");
        assertThat(connection.awaitsAnswer()).isTrue();
    }

    @Test
    void aServerThatAnswersNothingAtAllHangs() {
        assertThatThrownBy(() -> open(SHORT, (method, out) -> {}, (method, out) -> {}))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("answers neither it nor another request");
    }

    @Test
    void aServerThatRefusesTheOtherRequestDoesNotHang() throws Exception {
        EventConnection connection =
                open(SHORT, (method, out) -> {}, (method, out) -> send(out, 503, "{\"code\":\"unavailable\"}"));

        assertThat(connection.awaitsAnswer()).isTrue();
    }

    @Test
    void headersThatHaveBegunMustBeCompleteInTime() {
        assertThatThrownBy(() -> open(SHORT, (method, out) -> drip(out, HEADERS.repeat(10)))
                        .read())
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("headers were not complete within 500ms");
    }

    @Test
    void headersThatBeginLateAndStopMustBeCompleteInTimeToo() throws Exception {
        EventConnection connection = open(SHORT, (method, out) -> {
            happens.await();
            send(out, HEADERS.substring(0, 20));
        });
        happens.countDown();

        assertThatThrownBy(connection::read).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void anErrorThatHasBegunMustBeCompleteInTime() {
        assertThatThrownBy(() -> open(SHORT, (method, out) -> {
                            send(out, "HTTP/1.1 503 X\r\nContent-Length: 1000\r\n\r\n");
                            drip(out, "x".repeat(1000));
                        })
                        .read())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(503));
    }

    @Test
    void closingEndsTheWaitForTheAnswer() throws Exception {
        EventConnection connection = open(SHORT, (method, out) -> {});
        CompletableFuture<StreamLine> read = reading(connection);

        connection.close();

        assertThat(read)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(ClientClosedException.class);
    }

    private static CompletableFuture<StreamLine> reading(EventConnection connection) {
        CompletableFuture<StreamLine> line = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        line.complete(connection.read());
                    } catch (IOException e) {
                        line.completeExceptionally(e);
                    }
                })
                .start();
        return line;
    }

    private EventConnection open(Duration requestTimeout, RawServer.Answer stream) throws IOException {
        return open(requestTimeout, stream, (method, out) -> send(out, 200, "{}"));
    }

    private EventConnection open(Duration requestTimeout, RawServer.Answer stream, RawServer.Answer other)
            throws IOException {
        server = new RawServer((method, out) -> (method.equals("WatchEvents") ? stream : other).send(method, out));
        GitpodClientSettings settings = new GitpodClientSettings(
                HttpUrl.get(server.url()), () -> "secret", requestTimeout, 0, Duration.ZERO, "test/1");
        client = new OkHttpGitpodClient(settings, http, new RequestGates(), new RequestMeter(System::nanoTime));
        return client.watchEvents(new EventQuery(null, List.of()), 1000);
    }
}
