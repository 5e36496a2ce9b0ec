package io.github.camelgitpod.examples.chatalert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ChatAlertTest {
    private static final String SECRET_PATH = "/services/T0/B0/canary-of-the-webhook";

    @RegisterExtension
    final GitpodSimulatorExtension gitpod = new GitpodSimulatorExtension();

    @TempDir
    Path directory;

    private final MockWebServer chat = new MockWebServer();

    @BeforeEach
    void openTheChat() throws IOException {
        chat.start();
    }

    @AfterEach
    void closeTheChat() {
        chat.close();
    }

    @Test
    void whatIsSensitiveIsToldOnceInOrder() throws Exception {
        add("RESOURCE_TYPE_ENVIRONMENT", "Environment created", null);
        add("RESOURCE_TYPE_USER_SECRET", "Secret created", null);
        add("RESOURCE_TYPE_ENVIRONMENT", "Credential read", "AUDIT_LOG_ENTRY_KIND_CREDENTIAL_ACCESS");
        add("RESOURCE_TYPE_SSO_CONFIG", "SSO changed", "AUDIT_LOG_ENTRY_KIND_RESOURCE_CHANGE");
        List<String> told = new ArrayList<>();
        try (Running first = new Running()) {
            told.addAll(told(3));
        }
        add("RESOURCE_TYPE_USER_SECRET", "Secret deleted", null);
        try (Running second = new Running()) {
            told.addAll(told(1));
        }

        assertThat(told)
                .extracting(text -> text.lines().findFirst().orElseThrow())
                .containsExactly("*Secret created*", "*Credential read*", "*SSO changed*", "*Secret deleted*");
        assertThat(chat.getRequestCount()).isEqualTo(4);
    }

    @Test
    void theMessageIsForPeopleAndItsJsonIsSound() throws Exception {
        Entry entry = gitpod.simulator()
                .auditLog()
                .add(Entry.at(gitpod.simulator().now())
                        .withSubject("RESOURCE_TYPE_USER_SECRET", "0195e7a2-1d3c-7c44-9f0e-5a1b2c3d4e5f")
                        .withActor("PRINCIPAL_SERVICE_ACCOUNT", "d2c94c27-3b76-4a42-b88c-95a85e392c68")
                        .withAction("Renamed \"a\\b\"\tto <!channel> & \u2028 ü 🔑"));
        try (Running application = new Running()) {
            chat.enqueue(new MockResponse.Builder().build());
            RecordedRequest request = message();
            JsonNode message = new ObjectMapper().readTree(request.getBody().toByteArray());

            assertThat(request.getTarget()).isEqualTo(SECRET_PATH);
            assertThat(request.getMethod()).isEqualTo("POST");
            assertThat(request.getHeaders().get("Content-Type")).startsWith("application/json");
            assertThat(message.properties()).hasSize(1);
            assertThat(message.path("text").asText())
                    .isEqualTo("*Renamed \"a\\b\"\tto &lt;!channel&gt; &amp; \u2028 ü 🔑*\n"
                            + "user secret `0195e7a2-1d3c-7c44-9f0e-5a1b2c3d4e5f`\n"
                            + "by service account `d2c94c27-3b76-4a42-b88c-95a85e392c68`, " + entry.createdAt());
        }
    }

    @Test
    void aMessageThatFailsIsSentAgainAndTheAddressIsNotLogged() throws Exception {
        add("RESOURCE_TYPE_USER_SECRET", "Secret created", null);
        Queue<String> logged = new ConcurrentLinkedQueue<>();
        AppenderBase<ILoggingEvent> recorder = recorder(logged);
        try (Running application = new Running()) {
            chat.enqueue(new MockResponse.Builder().code(503).build());
            chat.enqueue(new MockResponse.Builder()
                    .onResponseStart(new SocketEffect.CloseSocket())
                    .build());
            chat.enqueue(new MockResponse.Builder().code(404).body(SECRET_PATH).build());
            chat.enqueue(new MockResponse.Builder().build());
            await().atMost(ONE_MINUTE).until(() -> chat.getRequestCount() >= 4);
        } finally {
            recorder.stop();
        }

        assertThat(logged)
                .anyMatch(line -> line.contains("answered with 503"))
                .anyMatch(line -> line.contains("cannot be reached"))
                .anyMatch(line -> line.contains("answered with 404"))
                .noneMatch(line -> line.contains("canary-of-the-webhook"));
    }

    @Test
    void aWrongAddressIsNotShownEither() {
        assertThatThrownBy(() -> new Webhook("htp://chat.example/canary"))
                .hasMessageContaining("CHAT_WEBHOOK")
                .hasNoCause()
                .message()
                .doesNotContain("canary");
        assertThatThrownBy(() -> new Webhook(null)).hasMessageContaining("CHAT_WEBHOOK");
    }

    private void add(String subjectType, String action, String kind) {
        Entry entry = Entry.at(gitpod.simulator().now()).withAction(action).withKind(kind);
        gitpod.simulator().auditLog().add(entry.withSubject(subjectType, entry.subjectId()));
    }

    /** The texts of the next so many messages. */
    private List<String> told(int count) throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chat.enqueue(new MockResponse.Builder().build());
        }
        for (int i = 0; i < count; i++) {
            byte[] body = message().getBody().toByteArray();
            texts.add(new ObjectMapper().readTree(body).path("text").asText());
        }
        return texts;
    }

    private RecordedRequest message() throws InterruptedException {
        RecordedRequest request = chat.takeRequest(20, TimeUnit.SECONDS);
        assertThat(request).as("another message").isNotNull();
        return request;
    }

    private static AppenderBase<ILoggingEvent> recorder(Queue<String> logged) {
        AppenderBase<ILoggingEvent> recorder = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                logged.add(event.getFormattedMessage());
                if (event.getThrowableProxy() != null) {
                    logged.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
                }
            }
        };
        recorder.start();
        Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.DEBUG);
        root.addAppender(recorder);
        return recorder;
    }

    /** The application; its alerts are also about what happened before. */
    private final class Running implements AutoCloseable {
        private final Main main =
                ChatAlert.application(new Webhook(chat.url(SECRET_PATH).toString()));

        Running() throws Exception {
            GitpodSimulator simulator = gitpod.simulator();
            main.addInitialProperty("camel.component.gitpod.base-url", simulator.baseUrl());
            main.addInitialProperty("camel.component.gitpod.access-token", simulator.accessToken());
            main.addOverrideProperty("alert.directory", directory.toString());
            main.addOverrideProperty("alert.delay", "50ms");
            main.addOverrideProperty("alert.from", "beginning");
            main.start();
        }

        @Override
        public void close() {
            main.stop();
        }
    }
}
