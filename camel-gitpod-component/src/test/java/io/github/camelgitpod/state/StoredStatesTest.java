package io.github.camelgitpod.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.GitpodConfiguration;
import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.testing.GitpodTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each version left on a disk is what this one goes on from. In {@code src/test/resources/stored} there is one folder a
 * version: the state of both consumers, and the audit log's entries at that time.
 */
@Tag("source-tree")
class StoredStatesTest {
    private static final Path STORED = Path.of("src/test/resources/stored");

    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final GitpodSimulator simulator = gitpod.simulator();
    private final List<Message> entries = new CopyOnWriteArrayList<>();
    private final List<Message> events = new CopyOnWriteArrayList<>();

    static Stream<Path> versions() throws IOException {
        return Files.list(STORED).sorted();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void eachVersionsStateIsGoneOnFrom(Path version) throws Exception {
        for (String line : Files.readAllLines(version.resolve("entries.jsonl"))) {
            simulator.auditLog().add(Entry.ofJson(line));
        }
        try (Stream<Path> files = Files.list(version.resolve("state"))) {
            for (Path file : files.toList()) {
                Files.copy(file, gitpod.directory().resolve(file.getFileName()));
            }
        }
        String fresh = simulator.auditLog().add(Entry.at(Instant.now())).id();

        start(gitpod.directory());
        simulator.organization().createEnvironment();

        // The entries of then are delivered, the environment of then is gone, and the time since then is a gap.
        await().until(() -> entries.size() >= 2 && events.size() >= 2);
        assertThat(entries.get(0).getHeader(GitpodConstants.ENTRY_ID)).isEqualTo(fresh);
        assertThat(entries).hasSize(2);
        assertThat(events)
                .anySatisfy(event ->
                        assertThat(event.getHeader(GitpodConstants.OPERATION)).isEqualTo("RESOURCE_OPERATION_DELETE"))
                .anySatisfy(event ->
                        assertThat(event.getHeader(GitpodConstants.GAP_REASON)).isEqualTo("restart"));
        assertThat(gitpod.logs().warnings())
                .allSatisfy(warning -> assertThat(warning).contains("restart"));
    }

    /** Also where an older version would only miss something, and then write over it. */
    @ParameterizedTest
    @ValueSource(strings = {"audit/auditLogs", "events/events/entries", "events/events/resources/changed"})
    void whatALaterVersionStoredStopsTheStartAndStays(String key) throws Exception {
        String text = "{\"v\":7,\"deliveredUpTo\":{}}";
        try (CrashSafeFileStateRepository later = files()) {
            later.setState(key, text);
        }

        assertThatThrownBy(() -> start(gitpod.directory()))
                .hasMessage(
                        "The %s stored under %s has the format version 7, this component knows %s: use the version of the"
                                        .formatted(
                                                key.startsWith("audit") ? "cursor" : "state",
                                                key,
                                                key.startsWith("audit") ? 2 : 1)
                                + " component that wrote it, or remove it to begin anew");

        gitpod.context().stop();
        try (CrashSafeFileStateRepository later = files()) {
            assertThat(later.getState(key)).isEqualTo(text);
        }
        assertThat(entries).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void aFileOfALaterVersionStopsTheStartAndStays() throws Exception {
        Path file = gitpod.directory().resolve("events%2Fevents.state");
        // The last word is the checksum of the others.
        Files.writeString(file, "camel-gitpod-state 3 as-ever 9368bcd1\n{}");

        assertThatThrownBy(() -> start(gitpod.directory()))
                .hasStackTraceContaining(file + " has the format version 3, this component knows 1 and 2");

        assertThat(file).hasContent("camel-gitpod-state 3 as-ever 9368bcd1\n{}");
    }

    private CrashSafeFileStateRepository files() throws Exception {
        CrashSafeFileStateRepository files = new CrashSafeFileStateRepository(gitpod.directory());
        files.start();
        return files;
    }

    /** {@code mvn test ... -Dtest=StoredStatesTest -Dgitpod.recordState=1.0} writes the folder of a version. */
    @Test
    @EnabledIfSystemProperty(named = "gitpod.recordState", matches = ".+")
    void record() throws Exception {
        Path version = STORED.resolve(System.getProperty("gitpod.recordState"));
        Files.createDirectories(version);
        for (int i = 0; i < 5; i++) {
            simulator
                    .auditLog()
                    .add(Entry.at(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i)));
        }
        for (int i = 0; i < 3; i++) {
            simulator.auditLog().add(Entry.at(Instant.now().minusSeconds(30 - i)));
        }
        DefaultCamelContext context = start(version.resolve("state"));
        await().until(() -> simulator.eventStreams().open() == 1);
        simulator.organization().createEnvironment();
        await().until(() -> entries.size() >= 9 && !events.isEmpty());
        context.stop();
        Files.write(
                version.resolve("entries.jsonl"),
                simulator.auditLog().entries().stream().map(Entry::json).toList());
        try (Stream<Path> files = Files.list(version.resolve("state"))) {
            for (Path lock :
                    files.filter(file -> file.toString().endsWith(".lock")).toList()) {
                Files.delete(lock);
            }
        }
    }

    /** Through a proxy, so that the address in the state is the same in each run. */
    private DefaultCamelContext start(Path state) throws Exception {
        DefaultCamelContext context = gitpod.context();
        GitpodConfiguration configuration =
                context.getComponent("gitpod", GitpodComponent.class).getConfiguration();
        configuration.setBaseUrl("http://organization.test/api");
        configuration.setAllowInsecureHttp(true);
        configuration.setHttpClient(new OkHttpClient.Builder()
                .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", simulator.port())))
                .build());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("gitpod:auditLogs?from=beginning&initialDelay=0&delay=20ms&stateDirectory=" + state)
                        .routeId("audit")
                        .process(exchange -> keep(exchange, entries));
                from("gitpod:events?reconcile=relist&reconnectDelay=5ms&stateDirectory=" + state)
                        .routeId("events")
                        .process(exchange -> keep(exchange, events));
            }
        });
        context.start();
        return context;
    }

    private static void keep(Exchange exchange, List<Message> list) {
        list.add(exchange.copy().getMessage());
    }
}
