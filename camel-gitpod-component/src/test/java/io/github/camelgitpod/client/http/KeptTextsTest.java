package io.github.camelgitpod.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.testing.Garbage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who keeps one entry, or one event, keeps its own bytes, and not all that came with it. */
class KeptTextsTest {
    private static final String OBJECT = "{\"id\":\"1\",\"resourceId\":\"r\"}";

    private byte[] received;

    @Test
    void anEntryDoesNotHoldItsPage() throws IOException {
        receive("{\"entries\":[{\"id\":\"0\"}," + OBJECT + "]}");
        AuditLogEntry kept = AuditLogPageParser.parse(received).entries().get(1);

        forgotten().awaitCollected();

        assertThat(kept.json()).hasToString(OBJECT);
    }

    @Test
    void anEventDoesNotHoldItsEnvelope() throws ApiException {
        receive("{\"result\":" + OBJECT + ",\"more\":\"" + "x".repeat(1000) + "\"}");
        GitpodEvent kept = (GitpodEvent) EventLineParser.parse(received, Instant.EPOCH, "secret");

        forgotten().awaitCollected();

        assertThat(kept.json()).hasToString(OBJECT);
    }

    private void receive(String text) {
        received = text.getBytes(StandardCharsets.UTF_8);
    }

    private Garbage forgotten() {
        Garbage garbage = Garbage.of(List.of(received));
        received = null;
        return garbage;
    }
}
