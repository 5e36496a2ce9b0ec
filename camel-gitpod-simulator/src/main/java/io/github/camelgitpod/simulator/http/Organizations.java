package io.github.camelgitpod.simulator.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The organizations behind one address: a request is that one's whose token it has, and the first one's if it is nobody's. */
final class Organizations extends Handler.Abstract.NonBlocking {

    private final List<ServiceHandler> handlers = new CopyOnWriteArrayList<>();

    void add(ServiceHandler organization) {
        handlers.add(organization);
    }

    void remove(ServiceHandler organization) {
        handlers.remove(organization);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        return handlers.stream()
                .filter(handler -> handler.knows(request))
                .findFirst()
                .orElse(handlers.get(0))
                .handle(request, response, callback);
    }
}
