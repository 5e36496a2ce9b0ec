package io.github.camelgitpod.examples.siem;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A syslog server over TLS that reads RFC 5424 in frames of RFC 5425, strictly, and can be told to die after so many messages. */
public final class SyslogServer implements AutoCloseable {
    private static final Pattern MESSAGE = Pattern.compile(
            "<110>1 \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?Z 127\\.0\\.0\\.1 gitpod - audit - (\\{.*})",
            Pattern.DOTALL);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final SSLContext tls;
    private final ServerSocket server;
    private final Arrivals arrivals;
    private final int dieAfter;
    private final CountDownLatch dead = new CountDownLatch(1);
    private volatile String error;

    /** @param port 0: any */
    public SyslogServer(SSLContext tls, int port, int dieAfter, Arrivals arrivals) throws IOException {
        this.arrivals = arrivals;
        this.dieAfter = dieAfter;
        this.tls = tls;
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread thread = new Thread(this::serve, "syslog-server");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    void awaitDeath() throws InterruptedException {
        dead.await();
    }

    /** What was wrong with a message; null: nothing. */
    String error() {
        return error;
    }

    private void serve() {
        int messages = 0;
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(connection, null, true);
                InputStream in = new BufferedInputStream(secured.getInputStream());
                while (messages < dieAfter) {
                    read(in);
                    messages++;
                }
                server.close();
                // What is still unread is answered with a reset, as when a process dies.
                connection.setSoLinger(true, 0);
            } catch (EOFException e) {
                // The route has closed the connection.
            } catch (IOException | RuntimeException e) {
                if (!server.isClosed()) {
                    error = e.toString();
                }
            }
        }
        dead.countDown();
    }

    private void read(InputStream in) throws IOException {
        int length = 0;
        int digit = in.read();
        while (digit >= '0' && digit <= '9') {
            length = length * 10 + digit - '0';
            digit = in.read();
        }
        if (digit < 0) {
            throw new EOFException();
        }
        byte[] octets = in.readNBytes(length);
        Matcher message = MESSAGE.matcher(new String(octets, StandardCharsets.UTF_8));
        if (digit != ' ' || octets.length < length || !message.matches()) {
            throw new IllegalStateException("No message: " + new String(octets, StandardCharsets.UTF_8));
        }
        arrivals.add(List.of(MAPPER.readTree(message.group(1)).at("/event/id").asText()));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
