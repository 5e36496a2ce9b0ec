package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that gives each page a token for one more, and nothing new: told, given up, and asked again later. */
@Timeout(60)
class EndlessListingsTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile String entries;
    private volatile boolean endless = true;

    @BeforeEach
    void start() throws Exception {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String token = endless ? ",\"pagination\":{\"nextToken\":\"" + requests.incrementAndGet() + "\"}" : "";
                return new MockResponse.Builder()
                        .code(200)
                        .addHeader("Content-Type", "application/json")
                        .addHeader(
                                "Date",
                                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                        Instant.now().atOffset(ZoneOffset.UTC)))
                        .body("{\"entries\":[" + entries + "]" + token + "}")
                        .build();
            }
        });
        server.setServerSocketFactory(new WithoutDelay());
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = '|',
            value = {
                "empty pages|from=beginning|",
                "ties|from=beginning|{\"id\":\"a\",\"createdAt\":\"2026-02-18T10:00:00Z\"}",
                "older server|from=2026-01-01T00:00:00Z|{\"id\":\"a\",\"createdAt\":\"2026-02-18T10:00:00Z\"},"
                        + "{\"id\":\"b\",\"createdAt\":\"2026-02-18T09:00:00Z\"}",
                "without a time|from=beginning|{\"id\":\"a\"}"
            })
    void isGivenUpToldOnceAndReadAgainWhenItEnds(String name, String options, String listed) throws Exception {
        entries = listed == null ? "" : listed;
        AuditLogRoute route = gitpod.auditLogs(options + "&concurrentRequests=4");
        route.configuration().setBaseUrl(server.url("/api").toString());
        route.start();
        await().until(() -> route.failures().size() >= 10);

        assertThat(requests.get()).isLessThan(1_100);
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(route.health().getError().orElseThrow())
                .hasMessageContainingAll("No progress", "1000 answers of EventService/ListAuditLogs");
        List<ILoggingEvent> warnings = gitpod.logs().events().stream()
                .filter(event -> event.getLevel() == Level.WARN
                        && event.getFormattedMessage().contains("No progress"))
                .toList();
        assertThat(warnings).singleElement().satisfies(warning -> {
            assertThat(warning.getThrowableProxy()).isNull();
            assertThat(warning.getFormattedMessage()).doesNotContain("Exception");
        });

        endless = false;
        entries = "{\"id\":\"new\",\"createdAt\":\"2026-02-18T10:00:01Z\"}";
        route.consumer().resetCursor("beginning");
        await().until(() -> route.ids().contains("new"));
        await().until(() -> route.health().getState() == HealthCheck.State.UP);
        await().untilAsserted(
                        () -> assertThat(gitpod.logs().messages()).anyMatch(line -> line.endsWith("is read again")));
    }

    /** Else each answer takes 40 ms: it is written in two parts, and the second waits until the first is acknowledged. */
    private static final class WithoutDelay extends ServerSocketFactory {
        @Override
        public ServerSocket createServerSocket() throws IOException {
            return new ServerSocket() {
                @Override
                public Socket accept() throws IOException {
                    Socket socket = super.accept();
                    socket.setTcpNoDelay(true);
                    return socket;
                }
            };
        }

        @Override
        public ServerSocket createServerSocket(int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
            throw new UnsupportedOperationException();
        }
    }
}
