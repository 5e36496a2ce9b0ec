package io.github.camelgitpod.crash;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.state.FailPoints;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A process of its own that is there to be killed: a route from {@code gitpod:auditLogs} that appends a line for each exchange
 * to a file. Where and with which token is in the environment, as in production. On its standard output it tells how far
 * it is.
 */
public final class CrashRoute {
    static final int COMMIT_EVERY = 50;
    static final String STARTED = "STARTED";
    static final String DELIVERING = "DELIVERING";
    static final String AT = "AT ";
    static final String FAILED = "FAILED ";
    /** The fail point between the route's work on an exchange and its end. */
    static final String DELIVERED = "DELIVERED";
    /** In place of a fail point's name. */
    static final String NONE = "NONE";

    private final PrintStream parent = System.out;
    private final Path directory;
    private final Path deliveries;
    private final String failPoint;
    private final AtomicInteger remaining;
    private boolean delivering;

    private CrashRoute(String... arguments) {
        directory = Path.of(arguments[0]);
        deliveries = Path.of(arguments[1]);
        failPoint = arguments[2];
        remaining = new AtomicInteger(Integer.parseInt(arguments[3]));
    }

    /** @param arguments state directory, file for deliveries, fail point, and the how-many-eth time there counts */
    public static void main(String[] arguments) {
        CrashRoute route = new CrashRoute(arguments);
        // The log goes elsewhere: what is printed is for the parent.
        System.setOut(System.err);
        try {
            route.run();
        } catch (Throwable e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            route.parent.println(FAILED + root.getMessage());
            System.exit(1);
        }
    }

    private void run() throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        // One write without a buffer for each line: it is there, whole, however the process ends right after.
        FileOutputStream out = new FileOutputStream(deliveries.toFile(), true);
        String state;
        if (failPoint.equals(NONE)) {
            state = "stateDirectory=" + directory;
        } else {
            context.getRegistry().bind("states", FailPoints.repository(directory, this::passed));
            state = "stateRepository=#states";
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("gitpod:auditLogs?from=beginning&lookback=6s&initialDelay=0&delay=100ms&concurrentRequests=8&commitEvery="
                                + COMMIT_EVERY + "&" + state)
                        .routeId("audit")
                        .process(exchange -> {
                            String id = exchange.getMessage().getHeader(GitpodConstants.ENTRY_ID, String.class);
                            out.write(
                                    (id + " " + System.currentTimeMillis() + "\n").getBytes(StandardCharsets.US_ASCII));
                            if (!delivering) {
                                delivering = true;
                                parent.println(DELIVERING);
                            }
                            passed(DELIVERED);
                        });
            }
        });
        context.start();
        Runtime.getRuntime().addShutdownHook(new Thread(context::stop));
        parent.println(STARTED);
        new CountDownLatch(1).await();
    }

    /** Stays at the fail point for ever: the parent kills a process that is exactly there. */
    private void passed(String step) {
        if (step.equals(failPoint) && remaining.decrementAndGet() == 0) {
            parent.println(AT + step);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
