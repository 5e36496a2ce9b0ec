package io.github.camelgitpod.examples.siem;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A port in front of a sink, where a request can be refused, or its answer lost. */
public final class HttpSink implements AutoCloseable {
    /** Takes a request. */
    public interface Sink {
        Answer take(Request request) throws Exception;
    }

    public record Request(String path, Map<String, String> headers, String body) {}

    public record Answer(int status, String body) {}

    private final Sink sink;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Sink> instead = new ConcurrentHashMap<>();
    private final Map<String, Integer> requests = new ConcurrentHashMap<>();

    public HttpSink(Sink sink) {
        this.sink = sink;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** What happens instead to the request of this number to this path, counted from 1; without an answer the connection is cut. */
    HttpSink at(String path, int number, Sink other) {
        instead.put(path + number, other);
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new ConcurrentHashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
            Request request = new Request(
                    exchange.getRequestURI().toString(),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Answer answer = chosen(request.path()).take(request);
            if (answer != null) {
                byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private Sink chosen(String path) {
        return instead.getOrDefault(path + requests.merge(path, 1, Integer::sum), sink);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
