package io.github.camelgitpod.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.model.StreamGap;
import io.github.camelgitpod.transform.TestMessages.Golden;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events and gaps as CloudEvents and OpenTelemetry logs. */
class EventFormsTest {
    private static final String LINE =
            "{\"operation\":\"RESOURCE_OPERATION_UPDATE_STATUS\",\"resourceType\":\"RESOURCE_TYPE_ENVIRONMENT\","
                    + "\"resourceId\":\"e1\",\"more\":1.10}";
    private static final Instant RECEIVED_AT = Instant.parse("2026-03-01T00:00:01.5Z");
    private static final GitpodEvent EVENT = GitpodEvent.ofStream(
            "RESOURCE_OPERATION_UPDATE_STATUS", "RESOURCE_TYPE_ENVIRONMENT", "e1", RECEIVED_AT, JsonText.of(LINE));
    private static final StreamGap GAP =
            new StreamGap(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-03-01T00:00:01Z"), "reset", 2);
    static final List<Object> ALL = List.of(
            EVENT,
            new GitpodEvent("", null, "", RECEIVED_AT, true, "entry", "2026-03-01T00:00:00Z", JsonText.of("{}")),
            GitpodEvent.ofStream("a\u0000\ud83d", "b\u0085", "c\ufffe", RECEIVED_AT, JsonText.of("{}")),
            GAP,
            new ClosedGap(GAP, 3, 2, 1));

    @Test
    void eachIsValid() {
        for (Object body : ALL) {
            assertThat(CloudEventsTable.violations(Golden.cloudevents.of(body)))
                    .as("%s", body)
                    .isEmpty();
            assertThat(OtlpTable.violations(Golden.otlp.of(body)))
                    .as("%s", body)
                    .isEmpty();
        }
        assertThat(OtlpTable.violations(Golden.otlp.of(ALL))).isEmpty();
        assertThat(Golden.cloudevents.of(ALL)).hasSize(ALL.size());
    }

    @Test
    void anEventAsACloudEvent() {
        JsonNode event = Golden.cloudevents.of(EVENT);

        assertThat(event).isEqualTo(TestMessages.json("""
                        {"specversion":"1.0","id":"%s","source":"https://app.gitpod.io/watch",
                        "type":"io.github.camelgitpod.event.update_status.v1","subject":"environment/e1",
                        "time":"2026-03-01T00:00:01.500Z","datacontenttype":"application/json","partitionkey":"e1",
                        "synthetic":false,"data":%s}""".formatted(TestMessages.ULID, LINE)));
    }

    @Test
    void aGapAsACloudEvent() {
        JsonNode event = Golden.cloudevents.of(GAP);

        assertThat(event.path("type").asText()).isEqualTo("io.github.camelgitpod.event.gap.v1");
        assertThat(event.has("subject")).isFalse();
        assertThat(event.path("data").toString()).isEqualTo(GAP.toJson().toString());
        assertThat(Golden.cloudevents.of(ALL.get(4)).path("type").asText())
                .isEqualTo("io.github.camelgitpod.event.gap_closed.v1");
    }

    @Test
    void anEventAsALogRecordHasNoTimeButThatOfItsReceipt() {
        JsonNode record = record(EVENT);

        assertThat(record.has("timeUnixNano")).isFalse();
        assertThat(record.path("observedTimeUnixNano").asText()).isEqualTo("1772323201500000000");
        assertThat(record.path("eventName").asText()).isEqualTo("gitpod.event");
        assertThat(record.toString()).contains("\"RESOURCE_OPERATION_UPDATE_STATUS\"", "\"boolValue\":false");
    }

    @Test
    void anEventThatWasMadeFromAnEntryHasTheTimeOfThat() {
        JsonNode record = record(ALL.get(1));

        assertThat(record.path("timeUnixNano").asText()).isEqualTo("1772323200000000000");
        assertThat(record.toString()).contains("\"gitpod.event.entry.id\"", "\"gitpod.event.entry.created_at\"");
    }

    @Test
    void aGapAsALogRecordIsAWarning() {
        assertThat(record(GAP).path("severityNumber").asInt()).isEqualTo(13);
        assertThat(record(ALL.get(4)).path("severityNumber").asInt()).isEqualTo(9);
    }

    @Test
    void linesAreTheServersOwn() {
        assertThat(TestMessages.text(TestMessages.transformed(new NdjsonTransformer(), TestMessages.message(ALL))))
                .startsWith(LINE + "\n")
                .hasLineCount(ALL.size());
    }

    @Test
    void theOtherFormsAreForEntriesOnly() {
        assertThatThrownBy(() -> Golden.ecs.of(EVENT)).hasMessageContaining("allowed: an audit-log entry, or a list");
        assertThatThrownBy(() -> Golden.ocsf.of(GAP)).hasMessageContaining("allowed: an audit-log entry, or a list");
    }

    @Test
    void eachHasAnIdOfItsOwn() {
        assertThat(List.of(Ulid.next(), Ulid.next(), Ulid.next()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-7][0-9A-HJKMNP-TV-Z]{25}"));
    }

    private static JsonNode record(Object body) {
        return Golden.otlp.of(body).at("/resourceLogs/0/scopeLogs/0/logRecords/0");
    }
}
