package io.github.camelgitpod.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that sends bytes as a test says, whether that is HTTP or not. One request a connection. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Answers a request; the connection stays open when it returns. */
    public interface Answer {
        /** @param method the API's method, such as {@code WatchEvents} */
        void send(String method, OutputStream out) throws Exception;
    }

    public RawServer(Answer answer) throws IOException {
        threads.execute(() -> {
            while (!listener.isClosed()) {
                try {
                    Socket socket = listener.accept();
                    sockets.add(socket);
                    threads.submit(() -> serve(socket, answer));
                } catch (IOException e) {
                    // It is being closed.
                }
            }
        });
    }

    private Object serve(Socket socket, Answer answer) throws Exception {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String first = in.readLine();
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            if (line.toLowerCase().startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).trim());
            }
        }
        in.read(new char[length]);
        String method = first.substring(first.lastIndexOf('/', first.lastIndexOf(' ') - 1) + 1, first.lastIndexOf(' '));
        requests.add(method);
        answer.send(method, socket.getOutputStream());
        return null;
    }

    /** Sends a text. */
    public static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Sends an answer whose body is complete, and the last one of its connection: only one request is read from each. */
    public static void send(OutputStream out, int status, String json) throws IOException {
        send(
                out,
                "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                        + json.length() + "\r\n\r\n" + json);
    }

    /** Sends a text, one byte at a time, until the other side has enough of it. */
    public static void drip(OutputStream out, String text) throws Exception {
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            out.write(one);
            out.flush();
            Thread.sleep(100);
        }
    }

    /** How many requests there were for a method. */
    public long count(String method) {
        return requests.stream().filter(method::equals).count();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/api");
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
