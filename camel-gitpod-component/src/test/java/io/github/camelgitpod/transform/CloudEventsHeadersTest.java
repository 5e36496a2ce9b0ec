package io.github.camelgitpod.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.GitpodOrigin;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.transform.TestMessages.Golden;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Message;
import org.apache.camel.spi.Transformer;
import org.junit.jupiter.api.Test;

class CloudEventsHeadersTest {
    private static final Transformer HEADERS =
            new CloudEventsTransformer(() -> TestMessages.MAPPED_AT, () -> TestMessages.ULID);
    private static final AuditLogEntry ENTRY = GoldenFormsTest.entry("environment-created");

    @Test
    void theBodyStaysAndTheHeadersAreCamels() {
        Message message = TestMessages.transformed(HEADERS, TestMessages.message(ENTRY));

        assertThat(message.getBody()).isSameAs(ENTRY);
        assertThat(cloudEventHeaders(message))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "CamelCloudEventID", ENTRY.id(),
                        "CamelCloudEventSource", "https://app.gitpod.io",
                        "CamelCloudEventVersion", "1.0",
                        "CamelCloudEventType", "io.github.camelgitpod.auditlog.v1",
                        "CamelCloudEventSubject", "environment/" + ENTRY.subjectId(),
                        "CamelCloudEventTime", "2026-02-21T12:10:05.123456789Z",
                        "CamelCloudEventDataContentType", "application/json"));
    }

    @Test
    void whatAnEarlierOneLeftBehindGoes() {
        Message message = TestMessages.message(TestMessages.entry("{\"id\":\"1\"}"));
        message.setHeader("CamelCloudEventSubject", "of another");

        assertThat(cloudEventHeaders(TestMessages.transformed(HEADERS, message)))
                .doesNotContainKey("CamelCloudEventSubject");
    }

    @Test
    void severalHaveNoneInCommon() {
        assertThatThrownBy(() -> TestMessages.transformed(HEADERS, TestMessages.message(List.of(ENTRY))))
                .hasMessageContaining("the body is a java.util");
    }

    @Test
    void withoutAnOriginThereIsNoSource() {
        Message message = TestMessages.message(ENTRY);
        message.getExchange().removeProperty(GitpodOrigin.PROPERTY);

        assertThatThrownBy(() -> TestMessages.transformed(HEADERS, message))
                .hasMessageContaining(GitpodOrigin.PROPERTY);
        // The other forms do without it.
        assertThat(TestMessages.text(TestMessages.transformed(Golden.ecs.transformer, message)))
                .doesNotContain("provider");
    }

    @Test
    void anEntryWithoutAnIdIsKnownByItsText() {
        AuditLogEntry entry = TestMessages.entry("{\"createdAt\":\"2026-02-21T12:10:05Z\"}");

        assertThat(Golden.cloudevents.of(entry).path("id").asText()).isEqualTo(entry.key());
    }

    private static Map<String, Object> cloudEventHeaders(Message message) {
        return message.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().startsWith("CamelCloudEvent"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
