package io.github.camelgitpod.client.http;

import io.github.camelgitpod.client.ClientClosedException;
import io.github.camelgitpod.client.Durations;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * The request for one stream, and its answer. A server may send the answer only with the first event, hours later, so the
 * wait for it has no limit. Limits have: the time to connect, the headers once they have begun, an error's body, and how long
 * interceptors of a user's client keep an answer.
 */
final class StreamRequest {
    /** A server that took the request has subscribed by then, whether it has answered or not; sooner, where the limit is shorter. */
    private static final Duration TAKEN_AFTER = Duration.ofSeconds(5);

    private static final Duration FOR_EVER = Duration.ofDays(10_000);

    private final OkHttpClient http;
    private final List<Interceptor> interceptors;
    private final Duration limit;
    private final InstantSource clock;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> written = new CompletableFuture<>();
    private final CompletableFuture<Void> arrived = new CompletableFuture<>();
    private final CompletableFuture<ApiTransport.OpenResponse> answer = new CompletableFuture<>();
    private volatile Call call;
    private volatile Connection connection;
    private volatile Instant writtenAt;
    private volatile Instant takenAt;

    /** Sends the request with the given client; returns with the answer. */
    interface Sending {
        ApiTransport.OpenResponse send(OkHttpClient http) throws IOException;
    }

    /**
     * @param http  without a read timeout
     * @param limit of the time to connect, of the headers once they have begun, and of an error's body
     */
    StreamRequest(OkHttpClient http, Duration limit, InstantSource clock) {
        this.interceptors = Stream.of(http.interceptors(), http.networkInterceptors())
                .flatMap(List::stream)
                .toList();
        // Never a connection that was idle: where the network has dropped it, the request would be lost, and that
        // would look like a server that answers late.
        this.http = http.newBuilder()
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .addInterceptor(this::connect)
                .addNetworkInterceptor(this::exchange)
                .build();
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * Sends it, and waits until the server has taken it: it answers, or 5 seconds (the limit, where that is
     * shorter) are over and it still answers other requests.
     *
     * @param serverAnswers asks the server something else
     * @param executor      for the request, and for the question
     * @throws IOException when the answer is an error, or nothing is answered
     */
    void send(Sending sending, BooleanSupplier serverAnswers, Executor executor) throws IOException {
        try {
            executor.execute(() -> run(sending));
        } catch (RejectedExecutionException e) {
            throw new ClientClosedException();
        }
        await(CompletableFuture.anyOf(begun, answer), FOR_EVER);
        if (!await(CompletableFuture.anyOf(written, answer), limit)) {
            cancel();
            throw new SocketTimeoutException("There was no connection within " + Durations.text(limit));
        }
        boolean answered = await(answer, Durations.shorter(limit, TAKEN_AFTER));
        if (!answered && arrived.isDone()) {
            answered = await(answer, FOR_EVER);
        }
        takenAt = clock.instant();
        if (answered) {
            return;
        }
        if (isOverTls()) {
            // Not before: parts of TLS itself can come after the handshake, which are not the answer.
            limitHeaders();
        }
        CompletableFuture<Boolean> answers = CompletableFuture.supplyAsync(serverAnswers::getAsBoolean, executor);
        await(CompletableFuture.anyOf(answer, answers), FOR_EVER);
        if (!answer.isDone() && !answers.join()) {
            cancel();
            throw new SocketTimeoutException(
                    "The server took the request for the stream, and answers neither it nor another request");
        }
    }

    /** The answer; waits for it. */
    ApiTransport.OpenResponse answer() throws IOException {
        await(answer, FOR_EVER);
        return answer.join();
    }

    boolean isAnswered() {
        return answer.isDone() && !answer.isCompletedExceptionally();
    }

    /** When it was sent. */
    Instant writtenAt() {
        return writtenAt;
    }

    /** When the server had taken it: at the answer, or when the wait for it was over. */
    Instant takenAt() {
        return takenAt;
    }

    Protocol protocol() {
        return connection.protocol();
    }

    /** Ends the wait for the answer, and the reading of it, in whichever thread. */
    void cancel() {
        answer.completeExceptionally(new ClientClosedException());
        if (call != null) {
            call.cancel();
        }
    }

    /** Lets go of the answer, which no other thread may be reading. */
    void close() {
        if (isAnswered()) {
            answer.join().close();
        }
    }

    private void run(Sending sending) {
        try {
            ApiTransport.OpenResponse response = sending.send(http);
            if (!answer.complete(response)) {
                response.close();
            }
        } catch (IOException | RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    private Response connect(Interceptor.Chain chain) throws IOException {
        call = chain.call();
        begun.complete(null);
        if (answer.isDone()) {
            throw new ClientClosedException();
        }
        return chain.proceed(chain.request());
    }

    private Response exchange(Interceptor.Chain chain) throws IOException {
        connection = chain.connection();
        writtenAt = clock.instant();
        written.complete(null);
        if (!isOverTls()) {
            limitHeaders();
        }
        Response response = chain.proceed(chain.request());
        AnswerSockets.answered(connection.socket());
        arrived.complete(null);
        if (response.isSuccessful()) {
            CompletableFuture.delayedExecutor(limit.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(this::endIfKept);
        } else {
            response.body().source().timeout().deadline(limit.toNanos(), TimeUnit.NANOSECONDS);
        }
        return response;
    }

    /** An interceptor that wants to see the whole of a stream would otherwise wait for ever, and nobody would know. */
    private void endIfKept() {
        if (answer.completeExceptionally(new KeptAnswerException(interceptors, limit))) {
            call.cancel();
        }
    }

    private boolean isOverTls() {
        return connection.handshake() != null;
    }

    /** Not over HTTP/2: its frames, such as settings, may belong to no answer; pings show there that the server is well. */
    private void limitHeaders() throws IOException {
        if (protocol() == Protocol.HTTP_1_1 && http.socketFactory() instanceof AnswerSockets && !isAnswered()) {
            AnswerSockets.limitAnswer(connection.socket(), limit);
        }
    }

    /** False: it is not there after so long. */
    private boolean await(CompletableFuture<?> future, Duration longest) throws IOException {
        try {
            future.get(longest.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel();
            throw new ClientClosedException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException("The request for the stream failed", e.getCause());
        }
    }
}
