package io.github.camelgitpod.sidebyside;

import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** The shortest route that writes the audit log to a file, one line an entry. */
final class ComponentRoute {
    private ComponentRoute() {}

    /** @param args the state directory, where to write, where to begin, the milliseconds between polls, and the lookback */
    public static void main(String[] args) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        FileOutputStream arrivals = new FileOutputStream(args[1], true);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                fromF(
                                "gitpod:auditLogs?stateDirectory=%s&from=%s&initialDelay=0&delay=%s&lookback=%s",
                                args[0], args[2], args[3], args[4])
                        .routeId("audit")
                        .process(exchange -> {
                            String line = exchange.getMessage().getBody(String.class) + "\n";
                            arrivals.write(line.getBytes(StandardCharsets.UTF_8));
                        });
            }
        });
        context.start();
        new CountDownLatch(1).await();
    }
}
