package io.github.camelgitpod.examples.forwarder;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The command line, with exit status and words. */
@Timeout(20)
class ForwarderTest {
    private static final int ENTRIES = 250;
    private static final Instant FIRST = Instant.parse("2024-01-15T00:00:00Z");
    /** Long over: an export waits for what may still become visible. */
    private static final String TO = "2024-02-01";

    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension(GitpodSimulator.builder());

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter said = new StringWriter();
    private GitpodSimulator gitpod;

    @BeforeEach
    void surroundings() {
        gitpod = extension.simulator();
        environment.put("FORWARDER_GITPOD_BASE_URL", gitpod.baseUrl());
        environment.put("FORWARDER_GITPOD_ACCESS_TOKEN", gitpod.accessToken());
        environment.put("FORWARDER_STATE_DIRECTORY", directory.resolve("state").toString());
        for (int i = 0; i < ENTRIES; i++) {
            gitpod.auditLog().add(Entry.at(FIRST.plusSeconds(i)));
        }
        environment.put("FORWARDER_LOOKBACK", "100ms");
        environment.put("FORWARDER_DELAY", "50ms");
        environment.put("FORWARDER_FILE_PATH", file().toString());
        environment.put("FORWARDER_HEALTH_PORT", "0");
    }

    @ParameterizedTest
    @CsvSource({"own, 250", "ecs, 250", "ocsf, 250", "cloudevents, 250", "otlp, 3"})
    void exportsARangeToAFileInEachForm(String form, int lines) throws Exception {
        environment.put("FORWARDER_FORM", form);
        assertThat(export()).as(said.toString()).isZero();
        List<String> file = Files.readAllLines(file());
        assertThat(file).hasSize(lines).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        if (form.equals("own")) {
            assertThat(file)
                    .isEqualTo(gitpod.auditLog().entries().stream()
                            .map(Entry::json)
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"own, 250", "otlp, 3"})
    void halfALineThatACrashLeftIsEnded(String form, int lines) throws Exception {
        environment.put("FORWARDER_FORM", form);
        environment.put("FORWARDER_TO", TO);
        Files.writeString(file(), "{}\n{\"id\":\"cut o");
        assertThat(run()).as(said.toString()).isZero();
        assertThat(Files.readAllLines(file()))
                .hasSize(lines + 2)
                .startsWith("{}", "{\"id\":\"cut o")
                .satisfies(file -> assertThat(file.subList(2, file.size()))
                        .allMatch(line -> line.startsWith("{") && line.endsWith("}")));
    }

    @Test
    void saysFromWhenToWhenEverythingWasForwarded() throws Exception {
        environment.put("FORWARDER_FROM", "beginning");
        environment.put("FORWARDER_TO", TO);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger root = (Logger) LoggerFactory.getLogger("ROOT");
        root.addAppender(logged);
        assertThat(run("--coverage")).as(said.toString()).isZero();
        assertThat(said.toString()).doesNotContain("250 entries");
        assertThat(logged.list).as("beside the sentence").isEmpty();

        assertThat(run()).as(said.toString()).isZero();
        assertThat(run("--coverage")).as(said.toString()).isZero();
        assertThat(said.toString()).contains("complete from ", " to ", "250 entries");
    }

    @Test
    void saysHowManyAreExported() throws Exception {
        List<Entry> entries = gitpod.auditLog().entries();
        Settings settings = Settings.read(null, environment, Map.of("from", "beginning", "to", TO));
        List<String> witnessed = new ArrayList<>();
        try (Run run = new Run(settings, Run.ONCE, entry -> witnessed.add(entry.id()))) {
            assertThat(run.export()).isTrue();
            assertThat(run.toString())
                    .startsWith("250 entries, the first of %s, the last of %s; 0 came late, "
                            .formatted(
                                    entries.get(0).createdAt(),
                                    entries.get(ENTRIES - 1).createdAt()));
        }
        assertThat(witnessed).isEqualTo(gitpod.auditLog().ids());
    }

    @Test
    void anExportIsNotMixedWithAnOlderOne() throws Exception {
        Files.createFile(file());
        assertThat(export()).isEqualTo(2);
        assertThat(said.toString())
                .contains("file.path=" + file(), "allowed with --once: a file that does not exist yet");
    }

    @Test
    void anExportNeedsARange() {
        assertThat(run("--once", "--from", "beginning")).isEqualTo(2);
        assertThat(said.toString()).contains("--once needs --from and --to");
        assertThat(run("--once", "--from", "yesterday", "--to", TO)).isEqualTo(2);
        assertThat(said.toString()).contains("Setting from=yesterday", "allowed: now, beginning");
    }

    @Test
    void aSinkThatFailsEndsTheExport() throws Exception {
        List<String> taken = Collections.synchronizedList(new ArrayList<>());
        HttpServer sink = http(taken, 2);
        try {
            assertThat(export()).isEqualTo(1);
            assertThat(taken).hasSize(100);
        } finally {
            sink.stop(0);
        }
    }

    @Test
    void anHttpSinkGetsPagesInTheServersWords() throws Exception {
        List<String> taken = Collections.synchronizedList(new ArrayList<>());
        HttpServer sink = http(taken, Integer.MAX_VALUE);
        try {
            assertThat(export()).isZero();
            assertThat(taken)
                    .isEqualTo(gitpod.auditLog().entries().stream()
                            .map(Entry::json)
                            .toList());
            assertThat(run("--check")).as(said.toString()).isZero();
            assertThat(said.toString()).contains("ok     the sink http: it is there, and answers 200 to HEAD");
        } finally {
            sink.stop(0);
        }
    }

    @Test
    void aTokenThatIsRefusedEndsTheExport() throws Exception {
        environment.put("FORWARDER_GITPOD_ACCESS_TOKEN", "not-this-one");
        assertThat(export()).isEqualTo(1);
    }

    @Test
    void theCheckSaysWhatIsRight() throws Exception {
        assertThat(run("--check")).as(said.toString()).isZero();
        assertThat(said.toString())
                .contains(
                        "ok     the token belongs to ",
                        "ok     access to the audit log: granted",
                        "ok     the server's clock says ",
                        "ok     250 entries wait to be delivered",
                        "ok     the state directory " + directory.resolve("state")
                                + ": can be written, and holds no place yet",
                        "ok     the sink file: entries will be appended to " + file())
                .doesNotContain("WRONG", gitpod.accessToken());
        assertThat(file()).doesNotExist();
    }

    @Test
    void theCheckSaysWhatIsWrong() throws Exception {
        environment.put("FORWARDER_GITPOD_ACCESS_TOKEN", "not-this-one");
        environment.put(
                "FORWARDER_STATE_DIRECTORY",
                Files.createFile(directory.resolve("no-directory")).toString());
        environment.put("FORWARDER_SINK", "otlp");
        environment.put("FORWARDER_OTLP_URL", "http://127.0.0.1:1");
        assertThat(run("--check")).isEqualTo(1);
        assertThat(said.toString())
                .contains(
                        "WRONG  the audit log: GetAuthenticatedIdentity was answered with 401",
                        "setting gitpod.accessToken, or GITPOD_API_KEY",
                        "WRONG  the state directory " + directory.resolve("no-directory") + ": Setting stateDirectory=",
                        "WRONG  the sink otlp: ")
                .contains("Connect to http://127.0.0.1:1")
                .doesNotContain("not-this-one");
    }

    @Test
    void aTokensFileThatIsNotThereIsNamedAndTheRestIsTried() throws Exception {
        String file = directory.resolve("no-token").toString();
        environment.remove("FORWARDER_GITPOD_ACCESS_TOKEN");
        environment.put("FORWARDER_GITPOD_ACCESS_TOKEN_FILE", file);
        String wrong = "gitpod.accessTokenFile=" + file + "; allowed: a file that can be read. ";
        assertThat(run("--check")).isEqualTo(1);
        assertThat(said.toString())
                .contains("WRONG  " + wrong, "ok     the state directory ", "ok     the sink file: ")
                .doesNotContain("the audit log: ");
        assertThat(gitpod.requests().count()).isZero();

        said.getBuffer().setLength(0);
        assertThat(run()).isEqualTo(2);
        assertThat(said.toString()).startsWith(wrong);
    }

    @Test
    void aDatabaseThatCannotBeUsedIsNamedWithoutItsPassword() throws Exception {
        environment.put("FORWARDER_STATE_URL", "jdbc:nosuch://u:canary@db.example.com/audit");
        String wrong = "state.url: the database jdbc:nosuch cannot be used: java.sql.SQLException: No suitable driver";
        assertThat(run("--check")).isEqualTo(1);
        assertThat(said.toString())
                .contains("WRONG  the database jdbc:nosuch: " + wrong)
                .contains("ok     the sink file: ");

        said.getBuffer().setLength(0);
        assertThat(run()).isEqualTo(1);
        assertThat(said.toString())
                .startsWith(wrong)
                .contains("start the forwarder again")
                .doesNotContain("canary");
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("FORWARDER_HEALTH_PORT", Integer.toString(taken.getLocalPort()));
            String wrong = "health.port=" + taken.getLocalPort() + " is taken at 127.0.0.1";
            assertThat(run("--check")).isEqualTo(1);
            assertThat(said.toString()).contains("WRONG  " + wrong);
            assertThat(run()).isEqualTo(1);
            assertThat(said.toString().lines()).anyMatch(line -> line.startsWith(wrong));
        }
    }

    @Test
    void aSinkThatDoesNotKnowHeadIsThere() throws Exception {
        HttpServer sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int[] status = {501};
        sink.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status[0], -1);
            exchange.close();
        });
        sink.start();
        try {
            environment.put("FORWARDER_SINK", "http");
            environment.put(
                    "FORWARDER_HTTP_URL",
                    "http://localhost:" + sink.getAddress().getPort());
            assertThat(run("--check")).as(said.toString()).isZero();
            assertThat(said.toString()).contains("ok     the sink http: it is there, and answers 501 to HEAD");
            status[0] = 502;
            assertThat(run("--check")).isEqualTo(1);
            assertThat(said.toString()).contains("WRONG  the sink http: ", "it answers 502");
        } finally {
            sink.stop(0);
        }
    }

    @Test
    void theCheckOfAPlaceThatCannotBeUsedDoesNotTellWhereANewOneWouldBegin() throws Exception {
        environment.put(
                "FORWARDER_STATE_DIRECTORY",
                Files.createFile(directory.resolve("no-directory")).toString());
        assertThat(run("--check")).isEqualTo(1);
        assertThat(said.toString())
                .contains("WRONG  the state directory ", "ok     access to the audit log: granted")
                .doesNotContain("no stored cursor", "entries wait to be delivered");
    }

    @Test
    void theCheckMissesARole() throws Exception {
        gitpod.revokeAuditLogRole();
        assertThat(run("--check")).isEqualTo(1);
        assertThat(said.toString()).contains("ok     the token belongs to ", "WRONG  the audit log: ", "403");
    }

    @Test
    void theCheckSeesAWrongClock() throws Exception {
        gitpod.trouble().on("*").skewDate(Duration.ofMinutes(-30));
        assertThat(run("--check")).isEqualTo(1);
        assertThat(said.toString()).contains("WRONG  they disagree by more than lookback=100ms");
    }

    private int export() {
        return run("--once", "--from", "beginning", "--to", TO);
    }

    private int run(String... args) {
        CommandLine line = Forwarder.commandLine(environment);
        line.setOut(new PrintWriter(said, true));
        line.setErr(new PrintWriter(said, true));
        return line.execute(args);
    }

    private Path file() {
        return directory.resolve("audit-log.jsonl");
    }

    /** Takes lines, and refuses from this request on. */
    private HttpServer http(List<String> taken, int refused) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int[] requests = {0};
        server.createContext("/", exchange -> {
            boolean takes = ++requests[0] < refused;
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (takes) {
                body.lines().forEach(taken::add);
            }
            exchange.sendResponseHeaders(takes ? 200 : 503, -1);
            exchange.close();
        });
        server.start();
        environment.put("FORWARDER_SINK", "http");
        environment.put(
                "FORWARDER_HTTP_URL", "http://localhost:" + server.getAddress().getPort());
        return server;
    }
}
