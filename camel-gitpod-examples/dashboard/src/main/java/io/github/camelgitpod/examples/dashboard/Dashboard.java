package io.github.camelgitpod.examples.dashboard;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.ext.web.Router;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;

/** The running application: the routes, and the server of the page. */
final class Dashboard implements AutoCloseable {
    /** How many messages are kept for a page that is opened, or comes back. */
    private static final int KEPT = 12_000;
    /** Of which entries are read; a page remembers nothing, so each start reads them anew. */
    private static final Duration PAST = Duration.ofDays(1);

    private final Main main;
    private final int port;

    private Dashboard(Main main, int port) {
        this.main = main;
        this.port = port;
    }

    /**
     * Starts it.
     *
     * @param port       where the page is served
     * @param properties of Camel, such as those of the component
     * @throws DashboardException when it cannot begin; the message says why
     */
    static Dashboard start(int port, Map<String, String> properties) throws DashboardException {
        Feed feed = new Feed(KEPT);
        Main main = new Main();
        main.bind("meters", new SimpleMeterRegistry());
        main.configure().addRoutesBuilder(new DashboardRoutes(feed));
        main.addInitialProperty("camel.server.port", Integer.toString(port));
        main.addInitialProperty("dashboard.from", Instant.now().minus(PAST).toString());
        properties.forEach(main::addInitialProperty);
        try {
            // Camel would only log it, and go on without the page.
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
            main.start();
            Router router = VertxPlatformHttpRouter.lookup(
                    main.getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(port));
            router.route().order(Integer.MIN_VALUE).handler(new LocalOnly());
            // platform-http would hold a thread for each open page, as it reads the answer from an InputStream; Vert.x
            // itself
            // writes when the browser takes more.
            router.get("/feed").handler(feed::open);
            main.getCamelContext().getRouteController().startRoute(DashboardRoutes.PAGE);
        } catch (Exception e) {
            main.stop();
            throw cannotStart(e, port);
        }
        return new Dashboard(main, port);
    }

    /** Where a browser finds the page. */
    String address() {
        return "http://127.0.0.1:" + port + "/";
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        main.stop();
    }

    private static DashboardException cannotStart(Exception failure, int port) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String hint = cause instanceof BindException
                ? " Port " + port + " of 127.0.0.1 is taken: give it another with -Dexec.args=\"--port=N\"."
                : "";
        return new DashboardException("The dashboard cannot start: " + cause.getMessage() + "." + hint, failure);
    }
}
