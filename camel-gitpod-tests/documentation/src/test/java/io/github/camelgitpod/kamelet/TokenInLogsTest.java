package io.github.camelgitpod.kamelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * camel-main logs at start which settings it found where. The token is not among them, however it is given: neither by the environment
 * nor in the ways that the pages show.
 */
class TokenInLogsTest {
    private static final String TOKEN = System.getenv("GITPOD_API_KEY");

    @RegisterExtension
    final GitpodSimulatorExtension gitpod =
            new GitpodSimulatorExtension(GitpodSimulator.builder().accessToken(TOKEN));

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    private final Logger camel = root.getLoggerContext().getLogger("org.apache.camel");
    private final AppenderBase<ILoggingEvent> recorder = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                logged.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    };

    @BeforeEach
    void record() {
        recorder.start();
        root.addAppender(recorder);
        camel.setLevel(Level.INFO);
    }

    @AfterEach
    void stopRecording() {
        camel.setLevel(Level.WARN);
        root.detachAppender(recorder);
    }

    static Stream<Arguments> waysToGiveTheToken() {
        return Stream.of(
                Arguments.of(Map.of(), Map.of()),
                Arguments.of(Map.of(), Map.of("camel.component.gitpod.access-token", "{{env:GITPOD_API_KEY}}")),
                Arguments.of(Map.of(), Map.of("camel.component.gitpod.access-token", TOKEN)),
                Arguments.of(Map.of("accessToken", TOKEN), Map.of()),
                Arguments.of(Map.of("accessToken", "{{env:GITPOD_API_KEY}}"), Map.of()));
    }

    @ParameterizedTest
    @MethodSource("waysToGiveTheToken")
    void theTokenIsNotLogged(Map<String, String> parameters, Map<String, String> settings) throws Exception {
        GitpodSimulator simulator = gitpod.simulator();
        simulator.auditLog().add(Entry.at(simulator.now().minusSeconds(1)));
        Map<String, String> all = new HashMap<>(parameters);
        all.putAll(Map.of("baseUrl", simulator.baseUrl(), "from", "beginning"));

        try (Application application = new Application(Application.route("gitpod-audit-logs-source", all), settings)) {
            await().atMost(ONE_MINUTE).until(() -> application.exchanges().size() == 1);
        }

        assertThat(logged).anyMatch(line -> line.contains("Property-placeholders summary"));
        assertThat(logged).noneMatch(line -> line.contains(TOKEN));
    }
}
