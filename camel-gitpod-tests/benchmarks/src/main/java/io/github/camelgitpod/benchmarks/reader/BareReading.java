package io.github.camelgitpod.benchmarks.reader;

import io.github.camelgitpod.benchmarks.server.ServerAddress;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/** What both bare loops need: a client, a thread, and its end. */
abstract class BareReading implements Reader.Reading {
    private static final MediaType JSON = MediaType.get("application/json");

    private final ServerAddress server;
    private final OkHttpClient http =
            new OkHttpClient.Builder().readTimeout(0, TimeUnit.SECONDS).build();
    private final Thread thread = new Thread(this::run, "bare-loop");
    private volatile boolean closed;
    private volatile Call current;

    BareReading(ServerAddress server) {
        this.server = server;
    }

    abstract void read() throws IOException;

    Call call(String method, String accept, String body) {
        current = http.newCall(new Request.Builder()
                .url(server.method(method))
                .header("Authorization", "Bearer " + server.token())
                .header("Accept", accept)
                .post(RequestBody.create(body, JSON))
                .build());
        return current;
    }

    @Override
    public void begin() {
        thread.start();
    }

    private void run() {
        try {
            read();
        } catch (IOException e) {
            if (!closed) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        if (current != null) {
            current.cancel();
        }
        thread.join();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
