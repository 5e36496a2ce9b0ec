package io.github.camelgitpod.soak;

import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.benchmarks.ProcessFigures;
import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A process with a route from each resource, which appends a line for each exchange to a file. Where and with which token is in the
 * environment, as in production. It obeys the orders on its standard input.
 */
final class SoakedProcess {
    /** In its environment: the directory of its state and its deliveries. */
    static final String DIRECTORY = "SOAK_DIRECTORY";

    static final String DELIVERIES = "deliveries.txt";
    static final String STATE = "state";
    static final int COMMIT_EVERY = 20;

    private final DefaultCamelContext context = new DefaultCamelContext();

    private SoakedProcess() {}

    public static void main(String[] args) throws Exception {
        SoakedProcess process = new SoakedProcess();
        process.start(Path.of(System.getenv(DIRECTORY)));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.out.println(process.obey(order.split(" ")));
        }
        System.exit(0);
    }

    private void start(Path directory) throws Exception {
        // One write without a buffer for each line: it is there, whole, however the process ends right after.
        FileOutputStream out =
                new FileOutputStream(directory.resolve(DELIVERIES).toFile(), true);
        String state = "stateDirectory=" + directory.resolve(STATE);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("gitpod:auditLogs?from=beginning&lookback=15s&initialDelay=0&delay=500ms&commitEvery="
                                + COMMIT_EVERY + "&" + state)
                        .routeId("audit")
                        .process(exchange -> out.write(line("A", exchange, GitpodConstants.ENTRY_ID)));
                from("gitpod:events?reconnectDelay=100ms&maxReconnectDelay=1s&reconcile=relist,auditLogs&" + state)
                        .routeId("events")
                        .process(exchange ->
                                out.write(line("E", exchange, GitpodConstants.OPERATION, GitpodConstants.RESOURCE_ID)));
            }
        });
        context.start();
    }

    private static byte[] line(String kind, Exchange exchange, String... headers) {
        StringBuilder line = new StringBuilder(kind);
        for (String header : headers) {
            line.append(' ').append(exchange.getMessage().getHeader(header));
        }
        return line.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
    }

    private String obey(String... order) throws Exception {
        switch (order[0]) {
            case "figures" -> {
                return ProcessFigures.text();
            }
            case "token" ->
                context.getComponent("gitpod", GitpodComponent.class)
                        .getConfiguration()
                        .setAccessToken(order[1]);
            case "restart" -> {
                for (String route : new String[] {"audit", "events"}) {
                    context.getRouteController().stopRoute(route);
                    context.getRouteController().startRoute(route);
                }
            }
            default -> throw new IllegalArgumentException(order[0]);
        }
        return "";
    }
}
