package io.github.camelgitpod.simulator.http;

import java.net.InetAddress;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server: HTTP/1.1 and cleartext HTTP/2 on one port of the loopback interface. */
public final class HttpFace {

    private final Organizations organizations = new Organizations();
    private int port;
    private Server server;

    /**
     * A server that does not run yet.
     *
     * @param port 0 for any free one, which it then keeps
     */
    public HttpFace(int port) {
        this.port = port;
    }

    /**
     * One more organization. The first one also has the requests that are nobody's.
     *
     * @param organization its handler
     */
    public void add(ServiceHandler organization) {
        organizations.add(organization);
    }

    /**
     * One organization less.
     *
     * @param organization not the first one
     */
    public void remove(ServiceHandler organization) {
        organizations.remove(organization);
    }

    /** Starts it; nothing happens if it runs. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        QueuedThreadPool threads = new QueuedThreadPool(64);
        threads.setDaemon(true);
        Server starting = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        // The Date header comes from the simulator's clock.
        configuration.setSendDateHeader(false);
        configuration.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(
                starting, new HttpConnectionFactory(configuration), new HTTP2CServerConnectionFactory(configuration));
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(port);
        connector.setIdleTimeout(300_000);
        starting.addConnector(connector);
        starting.setHandler(organizations);
        try {
            // Opened before it starts: then the threads can carry the port in their names.
            connector.open();
            threads.setName("gitpod-simulator-" + connector.getLocalPort());
            starting.start();
        } catch (Exception e) {
            stop(starting);
            throw new IllegalStateException("The simulator cannot listen on port " + port, e);
        }
        port = connector.getLocalPort();
        server = starting;
    }

    /** Stops it; open connections are closed. */
    public synchronized void stop() {
        if (server != null) {
            stop(server);
            server = null;
        }
    }

    /**
     * Its port.
     *
     * @return kept over a restart
     */
    public synchronized int port() {
        return port;
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The simulator's server does not stop", e);
        }
    }
}
