package io.github.camelgitpod.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes bytes on until it is told to freeze: then the connections stay open, and nothing comes any more. */
public final class FreezingProxy implements Closeable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final List<Pipe> pipes = new CopyOnWriteArrayList<>();
    private volatile boolean freezeNext;

    private final class Pipe {
        final Socket client;
        final Socket upstream;
        volatile boolean carriesStream;
        volatile boolean headersOnly;
        volatile boolean frozen;

        Pipe(Socket client) throws IOException {
            this.client = client;
            this.upstream = new Socket(InetAddress.getLoopbackAddress(), target);
        }

        void see(String sent) {
            if (sent.contains("/WatchEvents")) {
                carriesStream = true;
                headersOnly = freezeNext;
                freezeNext = false;
            }
        }

        void copy(Socket from, Socket to) {
            byte[] buffer = new byte[8192];
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (from == client) {
                        see(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                    }
                    if (!frozen) {
                        out.write(buffer, 0, read);
                    }
                    if (headersOnly && from == upstream) {
                        frozen = true;
                    }
                }
            } catch (IOException e) {
                // One side has gone; closing tells the other one.
            }
        }
    }

    FreezingProxy(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    public String baseUrl() {
        return "http://localhost:" + server.getLocalPort() + "/api";
    }

    /** How many connections for a stream there have been. */
    public long streams() {
        return pipes.stream().filter(pipe -> pipe.carriesStream).count();
    }

    /** Freezes the connections of this moment, not later ones. */
    public void freeze() {
        pipes.forEach(pipe -> pipe.frozen = true);
    }

    /** Freezes the next connection for a stream after the answer's headers. */
    public void freezeNextAfterHeaders() {
        freezeNext = true;
    }

    private void accept() {
        try {
            while (true) {
                Pipe pipe = new Pipe(server.accept());
                pipes.add(pipe);
                start(() -> pipe.copy(pipe.client, pipe.upstream));
                start(() -> pipe.copy(pipe.upstream, pipe.client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "freezing-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Pipe pipe : pipes) {
            pipe.client.close();
            pipe.upstream.close();
        }
    }
}
