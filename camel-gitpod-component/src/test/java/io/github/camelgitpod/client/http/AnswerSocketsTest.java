package io.github.camelgitpod.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class AnswerSocketsTest {
    private ServerSocket server;
    private Socket socket;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket = new AnswerSockets().createSocket();
        socket.connect(server.getLocalSocketAddress());
        peer = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        peer.close();
        server.close();
    }

    /** OkHttp asks with such a timeout whether a connection that was idle for 10 seconds is still there. */
    @Test
    void aTimeoutIsOneLikeThatOfAnySocket() throws IOException {
        socket.setSoTimeout(1);

        assertThat(socket.getSoTimeout()).isEqualTo(1);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aTimeoutAfterALimitIsOneToo() throws IOException {
        AnswerSockets.limitAnswer(socket, Duration.ofSeconds(60));
        AnswerSockets.answered(socket);
        socket.setSoTimeout(1);

        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aLimitCountsFromTheFirstByte() throws IOException {
        AnswerSockets.limitAnswer(socket, Duration.ofMillis(50));
        peer.getOutputStream().write(1);

        assertThat(socket.getInputStream().read()).isEqualTo(1);
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("not complete within 50ms");
    }
}
