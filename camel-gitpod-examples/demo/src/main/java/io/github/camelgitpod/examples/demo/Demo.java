package io.github.camelgitpod.examples.demo;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.camel.main.Main;

/** Runs the demo's routes for a while, and looks at what they did. */
final class Demo {
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Longer than a request of which nothing comes back, with its repeats. */
    private static final Duration FIRST_ANSWER = Duration.ofMinutes(4);

    private static final Duration LAST_ENTRIES = Duration.ofSeconds(20);

    private final DemoSettings settings;
    private final PrintStream out;
    private final List<String> early = new ArrayList<>();
    private boolean begun;
    private final CountDownLatch stop = new CountDownLatch(1);

    Demo(DemoSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Ends the run soon; it still tells how it went. */
    void stop() {
        stop.countDown();
    }

    /** @throws DemoException when it cannot begin, or its folder is deleted meanwhile */
    DemoResult run() throws Exception {
        DataDirectory data = new DataDirectory(settings.data());
        Files.createDirectories(data.path());
        try (SimulatedOrganization organization = settings.simulated() ? open(data) : null) {
            return run(organization, data);
        }
    }

    private DemoResult run(SimulatedOrganization organization, DataDirectory data) throws Exception {
        AuditLogFile file = data.file();
        long before = file.lines();
        String oddity = data.oddity();
        FlowMeter meter = new FlowMeter(InstantSource.system(), this::show);
        Main main = routes(organization, meter);
        String address;
        String failure;
        try {
            Connection connection = start(main);
            address = connection.address();
            await(FIRST_ANSWER, () -> connection.isUp() || connection.failure() != null);
            failure = failure(connection);
            begin(organization, address, failure, file.path(), before);
            if (oddity != null) {
                out.printf("  But %s. To begin anew, delete %s.%n", oddity, data.path());
            }
            showEarly();
            if (failure == null) {
                main.getCamelContext().getRouteController().startRoute(EventRoute.ID);
                flow(meter, connection, data);
                if (organization != null && oddity == null) {
                    // Nothing new happens, so that the last entries can arrive and the file can be compared.
                    organization.pause();
                    await(LAST_ENTRIES, () -> before + meter.flow().entries() >= organization.size());
                }
                failure = failure(connection);
            }
        } finally {
            main.stop();
        }
        int serverEntries = organization == null ? -1 : organization.size();
        AuditLogFile.Check check = file.check(organization == null ? null : organization.entries());
        return new DemoResult(meter.flow(), address, failure, file.path(), check, serverEntries);
    }

    private SimulatedOrganization open(DataDirectory data) throws DemoException {
        try {
            return SimulatedOrganization.open(data.organization(), settings.history(), settings.liveRate());
        } catch (Exception e) {
            throw cannotStart(e);
        }
    }

    private Connection start(Main main) throws DemoException {
        try {
            main.start();
        } catch (Exception e) {
            throw cannotStart(e);
        }
        return new Connection(main.getCamelContext());
    }

    private DemoException cannotStart(Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new DemoException("The demo cannot start: " + cause.getMessage() + System.lineSeparator()
                + "  If another demo runs in this folder (" + settings.data().toAbsolutePath()
                + "), end it, or give this one a folder of its own: --data=DIR");
    }

    private void begin(SimulatedOrganization organization, String address, String failure, Path file, long before) {
        out.printf(
                "%s %s%n",
                failure == null ? "Connected to" : "NOT CONNECTED to",
                (organization == null ? "" : "a simulated organization, ")
                        + address
                        + (failure == null ? "" : ": " + failure));
        out.printf(
                "  Audit log, entry by entry, to %s, which has %,d lines now%s; events to the console.%n",
                file.toAbsolutePath(),
                before,
                organization == null ? "" : " (of %,d entries)".formatted(organization.size()));
    }

    /** Not before it was told where they come from. */
    private synchronized void show(String entry) {
        if (begun) {
            out.println(entry);
        } else {
            early.add(entry);
        }
    }

    private synchronized void showEarly() {
        begun = true;
        early.forEach(out::println);
        early.clear();
    }

    private void flow(FlowMeter meter, Connection connection, DataDirectory data) throws Exception {
        Progress progress = new Progress(out, meter.flow());
        await(settings.duration(), () -> {
            progress.tell(meter.flow(), connection.failure());
            return data.isGone();
        });
        if (data.isGone()) {
            throw new DemoException(
                    data.path().toAbsolutePath() + " was deleted while the demo runs, and with it the file, the"
                            + " cursor and the organization's seed. Start the demo again: it begins anew.");
        }
    }

    private String failure(Connection connection) {
        if (connection.isUp()) {
            return null;
        }
        String failure = connection.failure();
        return failure != null ? failure : stop.getCount() == 0 ? null : "nothing was answered";
    }

    private Main routes(SimulatedOrganization organization, FlowMeter meter) {
        Main main = new Main();
        main.configure().withRoutesIncludePattern("classpath:camel/demo/*.yaml");
        main.configure().addRoutesBuilder(new EventRoute());
        // Events go to the console: not before the first line.
        main.configure().setAutoStartupExcludePattern(EventRoute.ID);
        main.bind("flowMeter", meter);
        main.addInitialProperty("demo.data", settings.data().toString());
        main.addInitialProperty("demo.delay", Long.toString(settings.pollDelay().toMillis()));
        settings.component().forEach(main::addInitialProperty);
        if (organization != null) {
            main.addInitialProperty("camel.component.gitpod.base-url", organization.baseUrl());
            main.addInitialProperty("camel.component.gitpod.access-token", organization.accessToken());
        }
        return main;
    }

    /** Until it is done, is stopped or the time is over; a time of zero is never over. */
    private void await(Duration time, BooleanSupplier done) throws InterruptedException {
        long start = System.nanoTime();
        while (!done.getAsBoolean() && (time.isZero() || System.nanoTime() - start < time.toNanos())) {
            long left = time.isZero() ? LOOK.toNanos() : time.toNanos() - (System.nanoTime() - start);
            if (stop.await(Math.min(LOOK.toNanos(), left), TimeUnit.NANOSECONDS)) {
                return;
            }
        }
    }
}
