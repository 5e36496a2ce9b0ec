package io.github.camelgitpod.simulator.http;

import io.github.camelgitpod.simulator.RecordedRequest;
import io.github.camelgitpod.simulator.protocol.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/**
 * One request's way: read it, let trouble have its turn, check it in the server's order (path, method, credentials,
 * role, content type, body), answer.
 */
public final class ServiceHandler extends Handler.Abstract.NonBlocking {

    /**
     * What the handler needs to know of the rest.
     *
     * @param methods by path
     * @param callers the owner of a token; null for an unknown one
     * @param trouble the trouble that a request for a method runs into
     * @param clock the server's clock
     * @param recorder takes note of each request
     * @param scheduler for what happens later
     * @param compression whether answers are compressed for those who accept it
     */
    public record Surroundings(
            Map<String, Method> methods,
            Function<String, Caller> callers,
            Function<String, Effects> trouble,
            InstantSource clock,
            Consumer<RecordedRequest> recorder,
            ScheduledExecutorService scheduler,
            boolean compression) {}

    private static final String LINES = "application/jsonl";

    private final Surroundings around;
    private final ReplyWriter writer;
    private final DateHeader date = new DateHeader();

    /**
     * A handler.
     *
     * @param around what it needs to know of the rest
     */
    public ServiceHandler(Surroundings around) {
        this.around = around;
        this.writer = new ReplyWriter(around.scheduler(), around.compression());
    }

    /**
     * The method that a path names.
     *
     * @param path such as {@code /api/gitpod.v1.EventService/ListAuditLogs}
     * @return such as {@code ListAuditLogs}
     */
    public static String methodName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Whether the request has a token that is known here.
     *
     * @param request any one
     * @return false also for one without a token
     */
    boolean knows(Request request) {
        return owner(request) != null;
    }

    /** Null: it has no token, or an unknown one. */
    private Caller owner(Request request) {
        String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        return authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? around.callers().apply(authorization.substring(7).trim())
                : null;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Instant received = around.clock().instant();
        Content.Source.asString(request, StandardCharsets.UTF_8, new Promise<>() {
            @Override
            public void succeeded(String body) {
                new Exchange(request, response, callback, body, received).begin();
            }

            @Override
            public void failed(Throwable failure) {
                callback.failed(failure);
            }
        });
        return true;
    }

    private final class Exchange {

        private final Request request;
        private final Response response;
        private final Callback callback;
        private final String body;
        private final Instant received;
        private final String path;
        private final String name;
        private final Effects effects;

        Exchange(Request request, Response response, Callback callback, String body, Instant received) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.body = body;
            this.received = received;
            this.path = request.getHttpURI().getPath();
            this.name = methodName(path);
            this.effects = around.trouble().apply(name);
        }

        void begin() {
            if (effects.delay().isZero()) {
                go();
                return;
            }
            try {
                // Not on the scheduler's one thread: answers that are due together are made together.
                Executor executor = request.getComponents().getExecutor();
                around.scheduler()
                        .schedule(
                                () -> executor.execute(this::go),
                                effects.delay().toNanos(),
                                TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                callback.failed(e);
            }
        }

        private void go() {
            try {
                switch (effects.fate()) {
                    case RESET -> {
                        record(0);
                        Sockets.reset(request, callback);
                    }
                    case SILENCE -> {
                        record(0);
                        Sockets.onGone(request, () -> callback.failed(new IllegalStateException("the client left")));
                    }
                    case ANSWERED -> answer();
                }
            } catch (ConnectException e) {
                send(Reply.of(e));
            } catch (RuntimeException e) {
                send(Reply.of(new ConnectException(500, "internal", "the simulator failed: " + e)));
            }
        }

        private void answer() {
            if (effects.reply() != null) {
                send(effects.reply());
                return;
            }
            Method method = around.methods().get(path);
            if (method == null) {
                throw new ConnectException(404, "not_found", "no such method: " + path);
            }
            if (!request.getMethod().equals("POST")) {
                throw new ConnectException(405, "unimplemented", "only POST is allowed", Map.of("Allow", "POST"));
            }
            Caller caller = caller();
            if (method instanceof Method.Unary unary) {
                if (unary.readsAuditLog() && !caller.auditLogReader()) {
                    throw new ConnectException(
                            403, "permission_denied", "organization admin or audit log reader role required");
                }
                requireContentType(Reply.JSON);
                send(unary.answerer().answer(call(caller)));
            } else if (method instanceof Method.Streaming streaming) {
                // Official clients label the body as lines, or not at all.
                requireContentType(Reply.JSON, LINES, "");
                if (!accepts(LINES)) {
                    throw new ConnectException(415, "invalid_argument", "Accept: application/jsonl is required");
                }
                Method.Opener opener = streaming.watcher().check(call(caller));
                record(200);
                stampDate();
                response.setStatus(200);
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, LINES);
                response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
                opener.open(request, response, callback);
            }
        }

        private Call call(Caller caller) {
            return new Call(caller, body, request.getHttpURI().getQuery(), effects);
        }

        private Caller caller() {
            Caller caller = owner(request);
            if (caller == null) {
                throw new ConnectException(401, "unauthenticated", "a valid personal access token is required");
            }
            return caller;
        }

        /** Refuses other types as a Connect server does, with a list of those that it takes; "" is none. */
        private void requireContentType(String... taken) {
            String type = mediaType(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
            if (!List.of(taken).contains(type)) {
                String types = Stream.of(taken).filter(one -> !one.isEmpty()).collect(Collectors.joining(", "));
                throw new ConnectException(
                        415,
                        "invalid_argument",
                        "Content-Type " + (type.isEmpty() ? "is missing" : type + " is not spoken here")
                                + "; this server speaks JSON: " + types,
                        Map.of("Accept-Post", types));
            }
        }

        private boolean accepts(String mediaType) {
            for (String accepted : request.getHeaders().getCSV(HttpHeader.ACCEPT, false)) {
                if (mediaType.equals(mediaType(accepted))) {
                    return true;
                }
            }
            return false;
        }

        private static String mediaType(String value) {
            return value == null ? "" : value.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        }

        private void send(Reply reply) {
            record(reply.status());
            stampDate();
            writer.write(reply, effects, request, response, callback);
        }

        private void stampDate() {
            if (effects.date()) {
                response.getHeaders()
                        .put(HttpHeader.DATE, date.at(around.clock().instant().plus(effects.dateSkew())));
            }
        }

        private void record(int status) {
            Map<String, List<String>> headers = new LinkedHashMap<>();
            for (HttpField field : request.getHeaders()) {
                if (field.getHeader() != HttpHeader.AUTHORIZATION) {
                    headers.computeIfAbsent(field.getLowerCaseName(), any -> new ArrayList<>(1))
                            .add(field.getValue());
                }
            }
            String query = request.getHttpURI().getQuery();
            around.recorder().accept(new RecordedRequest(name, path, query, body, headers, received, status));
        }
    }
}
