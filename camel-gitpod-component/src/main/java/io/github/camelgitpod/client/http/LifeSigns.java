package io.github.camelgitpod.client.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * Finds out that a silent peer is gone: by TCP's own probes, and by pings where HTTP/2 is spoken. A peer that answers them
 * is alive, however little it has to say.
 */
public final class LifeSigns {
    private static final int IDLE_SECONDS = 30;
    private static final int INTERVAL_SECONDS = 10;
    private static final int COUNT = 3;
    private static final Duration PROBES = Duration.ofSeconds(IDLE_SECONDS + INTERVAL_SECONDS * COUNT);
    private static final Duration PING_INTERVAL = Duration.ofSeconds(30);

    private LifeSigns() {}

    /** Makes a client's connections ask for signs of life. */
    public static OkHttpClient.Builder askFor(OkHttpClient.Builder client) {
        return client.socketFactory(new ProbedSockets()).pingInterval(PING_INTERVAL);
    }

    /** After how long a silence a connection of this client fails when its peer is gone; null: it does not. */
    static Duration within(OkHttpClient client, Protocol protocol) {
        boolean multiplexed = protocol == Protocol.HTTP_2 || protocol == Protocol.H2_PRIOR_KNOWLEDGE;
        if (multiplexed && client.pingIntervalMillis() > 0) {
            // A ping that was not answered is noticed when the next one is due.
            return Duration.ofMillis(2L * client.pingIntervalMillis());
        }
        return client.socketFactory() instanceof ProbedSockets sockets && sockets.areProbed() ? PROBES : null;
    }

    /** Sockets on which TCP sends a probe after half a minute of silence; TLS is laid over them. */
    private static final class ProbedSockets extends AnswerSockets {
        private volatile boolean probed = true;

        /** Whether the operating system knows how. */
        boolean areProbed() {
            return probed;
        }

        @Override
        public Socket createSocket() throws IOException {
            Socket socket = super.createSocket();
            try {
                socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                Set<SocketOption<?>> known = socket.supportedOptions();
                if (known.contains(ExtendedSocketOptions.TCP_KEEPIDLE)
                        && known.contains(ExtendedSocketOptions.TCP_KEEPINTERVAL)
                        && known.contains(ExtendedSocketOptions.TCP_KEEPCOUNT)) {
                    socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
                    socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL_SECONDS);
                    socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, COUNT);
                } else {
                    probed = false;
                }
            } catch (IOException | UnsupportedOperationException e) {
                probed = false;
            }
            return socket;
        }
    }
}
