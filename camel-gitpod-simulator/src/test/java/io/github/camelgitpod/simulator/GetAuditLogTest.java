package io.github.camelgitpod.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GetAuditLogTest {

    @RegisterExtension
    static final GitpodSimulatorExtension EXTENSION = new GitpodSimulatorExtension();

    private final AuditLog log = EXTENSION.simulator().auditLog();
    private final SimulatorClient client = new SimulatorClient(EXTENSION.simulator());

    private static String ask(String id) {
        return "{\"auditLogEntryId\":\"" + id + "\"}";
    }

    @Test
    void answersTheEntryAndItsDetails() {
        Entry plain = log.add(Entry.at(Instant.parse("2026-03-01T10:00:00Z")));
        assertThat(client.post("GetAuditLog", ask(plain.id())).body()).isEqualTo("{\"entry\":" + plain.json() + "}");
        Entry detailed = log.add(Entry.at(Instant.parse("2026-03-01T11:00:00Z")));
        log.details(detailed.id(), "{\"vetoExec\":{\"executable\":\"/bin/nc\"}}");
        assertThat(client.post("GetAuditLog", ask(detailed.id())).body())
                .isEqualTo(
                        "{\"entry\":" + detailed.json() + ",\"details\":{\"vetoExec\":{\"executable\":\"/bin/nc\"}}}");
    }

    @Test
    void doesNotKnowOthers() {
        assertThat(client.post("GetAuditLog", ask(UUID.randomUUID().toString())).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"auditLogEntryId\":\"x\"}", "{\"id\":\"019548f0-0000-7000-8000-000000000001\"}"})
    void refuses(String body) {
        assertThat(client.post("GetAuditLog", body).statusCode()).isEqualTo(400);
    }
}
