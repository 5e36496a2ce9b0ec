package io.github.camelgitpod.examples.dashboard;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.StaticHandler;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;
import org.apache.camel.util.FileUtil;

/** The running application: the routes, and the server of the page. */
final class Dashboard implements AutoCloseable {
    /** How many messages are kept for a page that is opened, or comes back. */
    private static final int KEPT = 12_000;
    /** Of which entries are read; a page remembers nothing, so each start reads them anew. */
    private static final Duration PAST = Duration.ofDays(1);

    private final Main main = new Main();
    private final Feed feed = new Feed(KEPT);
    private final int port;
    private final Path state;

    private Dashboard(int port, Path state) {
        this.port = port;
        this.state = state;
    }

    /**
     * Starts it.
     *
     * @param port       where the page is served
     * @param properties of Camel, such as those of the component
     * @throws DashboardException when it cannot begin; the message says why
     */
    static Dashboard start(int port, Map<String, String> properties) throws DashboardException, IOException {
        Dashboard dashboard = new Dashboard(port, Files.createTempDirectory("camel-gitpod-dashboard-"));
        try {
            dashboard.run(properties);
            return dashboard;
        } catch (Exception e) {
            dashboard.close();
            throw cannotStart(e, port);
        }
    }

    private void run(Map<String, String> properties) throws Exception {
        // Camel would only log it, and go on without the page.
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        main.configure().addRoutesBuilder(new DashboardRoutes(feed));
        main.addInitialProperty("dashboard.from", Instant.now().minus(PAST).toString());
        main.addInitialProperty("dashboard.state", state.toString());
        main.addOverrideProperty("camel.server.port", Integer.toString(port));
        // As initial ones they would yield to application.properties.
        properties.forEach(main::addOverrideProperty);
        main.start();
        Router router = VertxPlatformHttpRouter.lookup(
                main.getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(port));
        router.route().handler(new LocalOnly());
        // platform-http would hold a thread for each open page, as it reads the answer from an InputStream.
        router.get("/feed").handler(feed::open);
        router.get().handler(StaticHandler.create("page").setCachingEnabled(false));
    }

    /** Where a browser finds the page. */
    String address() {
        return "http://127.0.0.1:" + port + "/";
    }

    int port() {
        return port;
    }

    /** What the open pages are sent. */
    Feed feed() {
        return feed;
    }

    @Override
    public void close() {
        main.stop();
        FileUtil.removeDir(state.toFile());
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
