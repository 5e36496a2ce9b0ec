package io.github.camelgitpod.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.transform.Tables.Veto;
import io.github.camelgitpod.transform.TestMessages.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VetoFormsTest {

    @ParameterizedTest
    @CsvSource({
        "ENVIRONMENT_VETO, KERNEL_CONTROLS_ACTION_AUDIT, Veto Exec blocked: a, AUDITED",
        "AGENT_SECURITY_EXEC_AUDITED, KERNEL_CONTROLS_ACTION_BLOCK, Veto Exec audited: a, BLOCKED",
        "AGENT_SECURITY_EXEC_AUDITED, , Veto Exec blocked: a, AUDITED",
        "AGENT_SECURITY_EXEC_BLOCKED, KERNEL_CONTROLS_ACTION_UNSPECIFIED, Veto Exec audited: a, BLOCKED",
        "ENVIRONMENT_VETO, , Veto Exec audited: a, AUDITED",
        "ENVIRONMENT_VETO, KERNEL_CONTROLS_ACTION_NEW, Veto Exec blocked: a, BLOCKED",
        "ENVIRONMENT_VETO, , It was blocked, UNKNOWN",
        "ENVIRONMENT_VETO, , , UNKNOWN",
        "RESOURCE_CHANGE, KERNEL_CONTROLS_ACTION_BLOCK, Veto Exec blocked: a, "
    })
    void theDetailsWinThenTheKindThenTheText(String kind, String done, String action, Veto veto) throws Exception {
        assertThat(EntryFacts.of(entry(kind, done, action)).veto()).isEqualTo(veto);
    }

    @Test
    void aVetoOfWhichTheOutcomeIsUnknownIsNotDenied() {
        AuditLogEntry unknown = entry("ENVIRONMENT_VETO", null, "It was blocked");

        JsonNode ocsf = Golden.ocsf.of(unknown);
        assertThat(ocsf.path("severity").asText()).isEqualTo("Medium");
        assertThat(ocsf.has("action_id")).isFalse();
        assertThat(ocsf.at("/metadata/profiles")).hasSize(1);
        assertThat(Golden.ecs.of(unknown).at("/event/type/0").asText()).isEqualTo("info");
        assertThat(Golden.ecs.of(unknown).at("/event/action").asText()).isEqualTo("environment-other");
        assertThat(Golden.otlp.of(unknown).findValue("severityNumber").asInt()).isEqualTo(13);
    }

    @Test
    void aProgramThatRanIsNoWarning() {
        AuditLogEntry audited = entry("ENVIRONMENT_VETO", "KERNEL_CONTROLS_ACTION_AUDIT", "Veto");

        assertThat(Golden.ocsf.of(audited).path("action").asText()).isEqualTo("Observed");
        assertThat(Golden.ecs.of(audited).at("/event/type/0").asText()).isEqualTo("allowed");
        assertThat(Golden.otlp.of(audited).findValue("severityNumber").asInt()).isEqualTo(9);
    }

    private static AuditLogEntry entry(String kind, String done, String action) {
        ObjectNode entry = (ObjectNode) TestMessages.resource("golden/veto.entry.json");
        entry.put("kind", "AUDIT_LOG_ENTRY_KIND_" + kind).put("action", action);
        ((ObjectNode) entry.at("/details/vetoExec")).put("action", done);
        return TestMessages.entry(entry.toString());
    }
}
