package io.github.camelgitpod.event.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.JsonText;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryEventsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENVIRONMENT | Environment created | RESOURCE_CHANGE | CREATE",
                "ENVIRONMENT | Environment deleted | | DELETE",
                "TASK_EXECUTION | Task execution created | RESOURCE_CHANGE | CREATE",
                "ENVIRONMENT | changed spec, desired_phase | RESOURCE_CHANGE | UPDATE",
                "ENVIRONMENT | changed update_time, status, phase | RESOURCE_CHANGE | UPDATE_STATUS",
                "RUNNER | changed name | | UPDATE",
                // Of something else, in other words, of another kind: not sure.
                "ENVIRONMENT | Port created | RESOURCE_CHANGE |",
                "ENVIRONMENT | Environment was archived | RESOURCE_CHANGE |",
                "ENVIRONMENT | Environment created | ENVIRONMENT_VETO |",
                "ENVIRONMENT | Environment created | SOMETHING_NEW |",
                "ENVIRONMENT | | RESOURCE_CHANGE |",
                " | Environment created | RESOURCE_CHANGE |"
            })
    void theOperationIsSetWhereItIsSure(String type, String action, String kind, String operation) {
        AuditLogEntry entry = new AuditLogEntry(
                "id",
                null,
                null,
                "subject",
                type == null ? null : "RESOURCE_TYPE_" + type,
                action,
                Instant.EPOCH,
                "1970-01-01T00:00:00Z",
                kind == null ? null : "AUDIT_LOG_ENTRY_KIND_" + kind,
                JsonText.of("{}"));

        assertThat(EntryEvents.of(entry, Instant.EPOCH).operation())
                .isEqualTo(operation == null ? null : "RESOURCE_OPERATION_" + operation);
    }
}
