package io.github.camelgitpod.simulator.http;

import io.github.camelgitpod.simulator.protocol.ConnectException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A method of one of the services. */
public sealed interface Method {

    /** Answers a call. */
    @FunctionalInterface
    interface Answerer {
        /**
         * Answers a call.
         *
         * @param call the call
         * @return the answer
         * @throws ConnectException if the call is refused
         */
        Reply answer(Call call);
    }

    /** Makes the opener of a stream out of a call. */
    @FunctionalInterface
    interface Watcher {
        /**
         * Checks a call.
         *
         * @param call the call
         * @return what opens the stream
         * @throws ConnectException if the call is refused
         */
        Opener check(Call call);
    }

    /** Opens a stream on a response whose status and headers are set. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens the stream; completes the callback when it ends.
         *
         * @param request the request
         * @param response the response, not committed
         * @param callback of the exchange
         */
        void open(Request request, Response response, Callback callback);
    }

    /**
     * A method with one answer.
     *
     * @param readsAuditLog whether the caller needs the audit-log role
     * @param answerer the method
     */
    record Unary(boolean readsAuditLog, Answerer answerer) implements Method {}

    /**
     * A method that answers with a stream of lines.
     *
     * @param watcher the method
     */
    record Streaming(Watcher watcher) implements Method {}
}
