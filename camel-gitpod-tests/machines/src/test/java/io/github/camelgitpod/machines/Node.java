package io.github.camelgitpod.machines;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.StreamGap;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * One machine: a process with Camel's {@code Main} and a route from each resource, which the cluster service starts where it
 * wants. It appends a line for each exchange to its file.
 */
final class Node {
    static final int COMMIT_EVERY = 25;
    static final String AUDIT_KEY = "audit";
    static final String EVENTS_KEY = "events";

    /** In the environment. */
    static final String COORDINATION = "NODE_COORDINATION";

    static final String PLACE = "NODE_PLACE";
    static final String STORE = "NODE_STORE";
    static final String STORE_PLACE = "NODE_STORE_PLACE";
    static final String FILE = "NODE_FILE";

    /** What a sink takes for an entry: so there is much between two saves. */
    private static final int SINK_MILLIS = 4;

    private Node() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> environment = System.getenv();
        Coordination coordination = Coordination.valueOf(environment.get(COORDINATION));
        Main main = new Main();
        main.bind("states", Store.valueOf(environment.get(STORE)).repository(environment.get(STORE_PLACE)));
        CamelClusterService service = coordination.service(environment.get(PLACE));
        if (service != null) {
            main.bind("cluster", service);
        }
        FileOutputStream out = new FileOutputStream(environment.get(FILE), true);
        main.configure().addRoutesBuilder(routes(coordination, out));
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport started) {
                write(out, "S started");
            }
        });
        endWithParent();
        main.run();
    }

    /** @param out written without a buffer: a line is there, whole, however the process ends right after */
    private static RouteBuilder routes(Coordination coordination, FileOutputStream out) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(coordination.uri(
                                "gitpod:auditLogs?from=beginning&lookback=6s&initialDelay=0&delay=200ms&commitEvery="
                                        + COMMIT_EVERY + "&stateRepository=#states&stateKey=" + AUDIT_KEY))
                        .routeId("audit")
                        .process(exchange ->
                                write(out, "A " + exchange.getMessage().getHeader(GitpodConstants.ENTRY_ID)))
                        .delay(SINK_MILLIS);
                from(coordination.uri("gitpod:events?gapEvents=true&reconcile=relist,auditLogs&reconnectDelay=100ms"
                                + "&maxReconnectDelay=1s&stateRepository=#states&stateKey=" + EVENTS_KEY))
                        .routeId("events")
                        .process(exchange -> write(out, event(exchange)));
            }
        };
    }

    private static String event(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof StreamGap gap) {
            return "G " + gap.from() + " " + gap.to() + " " + gap.reason();
        }
        if (body instanceof ClosedGap gap) {
            return "C " + gap.from() + " " + gap.to() + " " + gap.reason();
        }
        GitpodEvent event = (GitpodEvent) body;
        boolean live = !event.synthetic() && event.entryId() == null;
        return (live ? "E " : "R ") + event.operation() + " " + event.resourceId();
    }

    private static void write(FileOutputStream out, String what) {
        try {
            synchronized (out) {
                out.write((Instant.now() + " " + what + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its standard input ends when the parent does. */
    private static void endWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.read();
                    } catch (IOException e) {
                        e.printStackTrace();
                    }
                    Runtime.getRuntime().halt(1);
                },
                "parent");
        watch.setDaemon(true);
        watch.start();
    }
}
