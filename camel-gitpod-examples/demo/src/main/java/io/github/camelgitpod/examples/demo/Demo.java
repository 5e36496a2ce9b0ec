package io.github.camelgitpod.examples.demo;

import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.camel.main.Main;

/** Runs the demo's routes for a while, and looks at what they did. */
final class Demo {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LAST_ENTRIES = Duration.ofSeconds(20);

    private final DemoSettings settings;
    private final PrintStream out;
    private final CountDownLatch stop = new CountDownLatch(1);

    Demo(DemoSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Ends the run soon; it still tells how it went. */
    void stop() {
        stop.countDown();
    }

    DemoResult run() throws Exception {
        Files.createDirectories(settings.data());
        try (SimulatedOrganization organization = settings.simulated()
                ? SimulatedOrganization.open(
                        settings.data().resolve("organization.properties"), settings.history(), settings.liveRate())
                : null) {
            AuditLogFile file = new AuditLogFile(settings.data().resolve("audit-log.jsonl"));
            Flow flow = flow(organization, file);
            int serverEntries = organization == null ? -1 : organization.size();
            AuditLogFile.Check check = file.check(organization == null ? null : organization.entries());
            return new DemoResult(flow, file.path(), check, serverEntries);
        }
    }

    private Flow flow(SimulatedOrganization organization, AuditLogFile file) throws Exception {
        long before = file.lines();
        if (organization != null) {
            out.printf(
                    "A simulated organization: its audit log has %,d entries, %,d of them in %s already.%n",
                    organization.size(), before, file.path());
        }
        FlowMeter meter = new FlowMeter(InstantSource.system());
        Main main = routes(organization, meter);
        try {
            main.start();
            Progress progress = new Progress(out, meter.flow());
            await(settings.duration(), () -> {
                progress.tell(meter.flow());
                return false;
            });
            if (organization != null) {
                // Nothing new happens, so that the last entries can arrive and the file can be compared.
                organization.pause();
                await(LAST_ENTRIES, () -> before + meter.flow().entries() >= organization.size());
            }
        } finally {
            main.stop();
        }
        return meter.flow();
    }

    private Main routes(SimulatedOrganization organization, FlowMeter meter) {
        Main main = new Main();
        main.configure().withRoutesIncludePattern("classpath:camel/demo/*.yaml");
        main.configure().addRoutesBuilder(new EventRoute());
        main.bind("flowMeter", meter);
        main.addInitialProperty("demo.data", settings.data().toString());
        main.addInitialProperty("demo.delay", Long.toString(settings.pollDelay().toMillis()));
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
