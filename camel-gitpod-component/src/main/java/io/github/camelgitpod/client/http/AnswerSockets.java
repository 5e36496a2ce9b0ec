package io.github.camelgitpod.client.http;

import io.github.camelgitpod.client.Durations;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.SocketFactory;

/**
 * Sockets that can limit how long an answer takes once it has begun, and not how long it is waited for. A read timeout cannot
 * do that: it ends the wait, and it never ends an answer that comes byte by byte. TLS is laid over these sockets.
 */
class AnswerSockets extends SocketFactory {

    @Override
    public Socket createSocket() throws IOException {
        return new AnswerSocket();
    }

    /** Limits the next answer on a connection, unless its socket comes from elsewhere. */
    static void limitAnswer(Socket socket, Duration limit) throws IOException {
        // Through the socket of TLS this reaches the one below it, and nothing else would. Negative, as no timeout is.
        socket.setSoTimeout((int) -Math.min(Integer.MAX_VALUE, Math.max(1, limit.toMillis())));
    }

    /** The answer is here. */
    static void answered(Socket socket) throws IOException {
        socket.setSoTimeout(0);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    /** A socket like any other, until a negative timeout limits all that comes from the first byte on. */
    private static final class AnswerSocket extends Socket {
        /** 0: there is no such limit. */
        private volatile int limitMillis;
        /** When the first byte came, in nanoseconds; 0: it did not come yet. */
        private volatile long begunAt;

        @Override
        public void setSoTimeout(int millis) throws SocketException {
            begunAt = 0;
            limitMillis = Math.max(0, -millis);
            super.setSoTimeout(Math.max(0, millis));
        }

        @Override
        public int getSoTimeout() throws SocketException {
            return limitMillis > 0 ? -limitMillis : super.getSoTimeout();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    if (limitMillis == 0) {
                        return super.read(target, offset, length);
                    }
                    waitNoLongerThan(remainingMillis());
                    int read;
                    try {
                        read = super.read(target, offset, length);
                    } catch (SocketTimeoutException e) {
                        throw tooSlow();
                    }
                    if (read > 0 && begunAt == 0) {
                        begunAt = System.nanoTime() | 1;
                    }
                    return read;
                }
            };
        }

        private void waitNoLongerThan(int millis) throws IOException {
            super.setSoTimeout(millis);
        }

        /** Until the answer must be here; 0: it has not begun. */
        private int remainingMillis() throws SocketTimeoutException {
            if (begunAt == 0) {
                return 0;
            }
            long remaining =
                    limitMillis - Duration.ofNanos(System.nanoTime() - begunAt).toMillis();
            if (remaining <= 0) {
                throw tooSlow();
            }
            return (int) remaining;
        }

        private SocketTimeoutException tooSlow() {
            return new SocketTimeoutException("The answer has begun, and its headers were not complete within "
                    + Durations.text(Duration.ofMillis(limitMillis)));
        }
    }
}
