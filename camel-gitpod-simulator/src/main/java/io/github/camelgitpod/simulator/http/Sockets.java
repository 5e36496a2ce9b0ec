package io.github.camelgitpod.simulator.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/** What HTTP hides: ending a connection the hard way, and noticing that the peer did. */
public final class Sockets {

    private Sockets() {}

    /**
     * Closes the connection (FIN), whatever was promised.
     *
     * @param request a request on it
     * @param callback of the exchange; fails
     */
    public static void cut(Request request, Callback callback) {
        endPoint(request).close();
        callback.failed(new EofException("cut by the simulator"));
    }

    /**
     * Resets the connection (RST); what was not delivered yet is lost.
     *
     * @param request a request on it
     * @param callback of the exchange; fails
     */
    public static void reset(Request request, Callback callback) {
        if (endPoint(request).getTransport() instanceof SocketChannel channel) {
            try {
                channel.socket().setSoLinger(true, 0);
            } catch (IOException e) {
                // The peer was faster: there is nothing left to reset.
            }
        }
        cut(request, callback);
    }

    /**
     * Calls back when the peer has closed the connection. An answer under way would notice only by its next write.
     *
     * @param request a request that was read in full
     * @param gone called at most once
     */
    public static void onGone(Request request, Runnable gone) {
        request.addFailureListener(failure -> gone.run());
        // An idle connection is what the simulator is asked for here.
        request.addIdleTimeoutListener(timeout -> false);
        endPoint(request).setIdleTimeout(0);
        if (isHttp1(request)) {
            watch(endPoint(request), gone);
        }
    }

    /**
     * Ends {@link #onGone} before the answer does: the connection then reads the next request.
     *
     * @param request the request
     */
    public static void forget(Request request) {
        if (isHttp1(request) && endPoint(request) instanceof AbstractEndPoint endPoint) {
            endPoint.setIdleTimeout(
                    request.getConnectionMetaData().getConnector().getIdleTimeout());
            endPoint.getFillInterest().onFail(new Forgotten());
        }
    }

    private static void watch(EndPoint endPoint, Runnable gone) {
        endPoint.tryFillInterested(new Callback() {
            @Override
            public void succeeded() {
                try {
                    // A peer that sends more while it waits for the answer is left alone.
                    if (endPoint.fill(ByteBuffer.allocate(1).flip()) >= 0) {
                        watch(endPoint, gone);
                        return;
                    }
                } catch (IOException e) {
                    // A reset, which is as good as an end.
                }
                gone.run();
            }

            @Override
            public void failed(Throwable failure) {
                if (!(failure instanceof Forgotten)) {
                    gone.run();
                }
            }
        });
    }

    private static boolean isHttp1(Request request) {
        return request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2;
    }

    private static EndPoint endPoint(Request request) {
        return request.getConnectionMetaData().getConnection().getEndPoint();
    }

    private static final class Forgotten extends Exception {
        private static final long serialVersionUID = 1L;

        private Forgotten() {
            super("no longer of interest", null, false, false);
        }
    }
}
