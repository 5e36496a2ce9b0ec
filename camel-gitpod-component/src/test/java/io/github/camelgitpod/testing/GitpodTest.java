package io.github.camelgitpod.testing;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.FileUtil;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test of a route needs: a simulator, routes that read from it, a directory, and what the component logs. In an
 * instance field with {@code @RegisterExtension} each test has its own, and other fields can be made from it. All of it ends
 * after the test; each route must then stop within five seconds.
 */
public final class GitpodTest implements AfterEachCallback, AutoCloseable {
    public static final Instant HOUR_AGO =
            Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

    static {
        // Long enough for a busy machine, and soon after the condition is true.
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    }

    private final GitpodSimulator simulator;
    private final RecordedLogs logs = new RecordedLogs();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private Path directory;

    public GitpodTest() {
        this(GitpodSimulator.builder());
    }

    /** @param settings of the simulator, such as its clock */
    public GitpodTest(GitpodSimulator.Builder settings) {
        simulator = closing(settings.start());
        closing(logs);
    }

    public GitpodSimulator simulator() {
        return simulator;
    }

    /** What the component has logged since the test began. */
    public RecordedLogs logs() {
        return logs;
    }

    /** Adds so many entries to the audit log, one for each second since an hour ago, and returns their ids in order. */
    public List<String> entries(int count) {
        IntStream.range(0, count).forEach(i -> simulator.auditLog().add(Entry.at(HOUR_AGO.plusSeconds(i))));
        return simulator.auditLog().ids();
    }

    /** An empty directory. */
    public Path directory() {
        try {
            if (directory == null) {
                directory = Files.createTempDirectory("gitpod-test");
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The option that keeps a route's state in {@link #directory()}. */
    public String state() {
        return "stateDirectory=" + directory();
    }

    /** A route from {@code gitpod:auditLogs}, not started yet. */
    public AuditLogRoute auditLogs(String options) {
        return closing(new AuditLogRoute(simulator, options));
    }

    /** A route from {@code gitpod:events}, not started yet. */
    public EventRoute events() {
        return closing(new EventRoute(simulator));
    }

    /** A route from {@code gitpod:events} that reaches the simulator through something else, not started yet. */
    public EventRoute events(FreezingProxy network) {
        EventRoute route = events();
        route.configuration().setBaseUrl(network.baseUrl());
        return route;
    }

    /** A context for routes that a test writes itself; its component has the simulator's address and token. */
    public DefaultCamelContext context() {
        return closing(new RouteContext(simulator)).context();
    }

    /** A network before the simulator that can go dead. */
    public FreezingProxy network() {
        try {
            return closing(new FreezingProxy(simulator.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T extends AutoCloseable> T closing(T what) {
        open.push(what);
        return what;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        close();
    }

    @Override
    public void close() throws Exception {
        // The last one first: a route before the server that it reads.
        try {
            for (AutoCloseable one : open) {
                one.close();
            }
        } finally {
            if (directory != null) {
                FileUtil.removeDir(directory.toFile());
            }
        }
    }
}
