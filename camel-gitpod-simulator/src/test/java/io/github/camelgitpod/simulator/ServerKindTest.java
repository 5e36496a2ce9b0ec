package io.github.camelgitpod.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServerKindTest {

    private static final String BOUNDED =
            "\"filter\":{\"from\":\"2026-03-01T10:00:01Z\",\"to\":\"2026-03-01T10:00:02Z\"},\"sort\":{\"order\":\"SORT_ORDER_ASC\"}";

    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    private GitpodSimulator simulator;
    private SimulatorClient client;
    private final String[] ids = new String[3];

    @BeforeEach
    void fill() {
        simulator = extension.simulator();
        client = new SimulatorClient(simulator);
        for (int i = 0; i < 3; i++) {
            ids[i] = simulator
                    .auditLog()
                    .add(Entry.at(Instant.parse("2026-03-01T10:00:00Z").plusSeconds(i)))
                    .id();
        }
    }

    @Test
    void modernKnowsBoundsAndSort() {
        assertThat(client.walk(BOUNDED, 10)).containsExactly(ids[1]);
    }

    @Test
    void legacyRejects() {
        simulator.serverKind(ServerKind.LEGACY_REJECTS);
        assertThat(client.post("ListAuditLogs", "{\"filter\":{\"from\":\"2026-03-01T10:00:01Z\"}}")
                        .body())
                .contains("unknown field \\\"from\\\"");
        assertThat(client.post("ListAuditLogs", "{\"filter\":{\"to\":\"2026-03-01T10:00:01Z\"}}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.post("ListAuditLogs", "{\"sort\":{}}").statusCode()).isEqualTo(400);
        assertThat(client.walk("", 2)).containsExactly(ids[2], ids[1], ids[0]);
        assertThat(client.post("GetAuditLog", "{\"auditLogEntryId\":\"" + ids[0] + "\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void legacyIgnores() {
        simulator.serverKind(ServerKind.LEGACY_IGNORES);
        assertThat(client.walk(BOUNDED, 2)).containsExactly(ids[2], ids[1], ids[0]);
    }

    @Test
    void legacyIgnoresOnlyTo() {
        simulator.serverKind(ServerKind.LEGACY_IGNORES_TO);
        assertThat(client.walk(BOUNDED, 1)).containsExactly(ids[1], ids[2]);
    }
}
