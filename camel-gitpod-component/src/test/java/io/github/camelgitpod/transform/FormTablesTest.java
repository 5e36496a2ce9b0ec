package io.github.camelgitpod.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.transform.TestMessages.Golden;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables that the other tests check documents with accept the golden files, and refuse what breaks a rule. */
class FormTablesTest {

    @ParameterizedTest
    @EnumSource
    void goldenFilesAreValid(Golden form) {
        for (String name : GoldenFormsTest.CASES) {
            assertThat(FormMatrixTest.violations(form, GoldenFormsTest.golden(name, form)))
                    .isEmpty();
        }
    }

    @Test
    void ocsf() {
        refuses(Golden.ocsf, event -> event.put("own", 1), "own is not defined");
        refuses(Golden.ocsf, event -> event.put("action", "Denied"), "profile that is not listed");
        refuses(Golden.ocsf, event -> event.put("activity_name", "Made"), "is Create, but");
        refuses(Golden.ocsf, event -> event.put("activity_id", 77), "has no value 77");
        refuses(Golden.ocsf, event -> event.put("type_uid", 300402), "type_uid");
        refuses(Golden.ocsf, event -> event.put("time", "now"), "no integer");
        refuses(Golden.ocsf, event -> event.put("time_dt", "2026-02-21"), "no datetime_t");
        refuses(Golden.ocsf, event -> event.remove("entity"), "entity is missing");
        refuses(Golden.ocsf, event -> event.putObject("entity").put("type_id", 0), "none of");
        refuses(
                Golden.ocsf,
                event -> ((ObjectNode) event.path("entity")).put("type", "Other"),
                "without the source's value");
    }

    @Test
    void ecs() {
        refuses(Golden.ecs, document -> document.put("own", 1), "own is no field");
        refuses(Golden.ecs, document -> document.putObject("event").put("category", "iam"), "no array");
        refuses(Golden.ecs, document -> event(document).put("kind", "signal"), "reserves");
        refuses(Golden.ecs, document -> event(document).putArray("type").add("denied"), "not expected");
        refuses(Golden.ecs, document -> document.put("@timestamp", "yesterday"), "no date");
        refuses(Golden.ecs, document -> document.remove("@timestamp"), "@timestamp is missing");
        refuses(Golden.ecs, document -> document.putObject("entity").put("name", "x"), "beta");
        refuses(Golden.ecs, document -> document.putObject("group"), "empty");
    }

    @Test
    void cloudEvents() {
        refuses(Golden.cloudevents, event -> event.put("Own", "x"), "no name");
        refuses(Golden.cloudevents, event -> event.put("own", "x"), "unknown");
        refuses(Golden.cloudevents, event -> event.put("id", "a\u0085b"), "id is");
        refuses(Golden.cloudevents, event -> event.put("time", "now"), "time is");
        refuses(Golden.cloudevents, event -> event.put("data", "{}"), "no JSON value");
        refuses(Golden.cloudevents, event -> event.remove("source"), "source is missing");
        refuses(Golden.cloudevents, event -> event.remove("authtype"), "without authtype");
    }

    @Test
    void otlp() {
        refuses(Golden.otlp, request -> record(request).put("timeUnixNano", 1), "timeUnixNano");
        refuses(Golden.otlp, request -> record(request).put("time_unix_nano", "1"), "unknown");
        refuses(Golden.otlp, request -> record(request).put("severityNumber", "INFO"), "severityNumber");
        refuses(Golden.otlp, request -> attribute(request, "log.record.uid"), "twice");
        refuses(Golden.otlp, request -> attribute(request, "enduser.id"), "sensitive");
        refuses(Golden.otlp, request -> attribute(request, "gitpod.audit.actor"), "the beginning of another");
    }

    private static ObjectNode event(JsonNode document) {
        return (ObjectNode) document.path("event");
    }

    private static ObjectNode record(JsonNode request) {
        return (ObjectNode) request.at("/resourceLogs/0/scopeLogs/0/logRecords/0");
    }

    private static void attribute(JsonNode request, String key) {
        ObjectNode attribute = ((ArrayNode) record(request).path("attributes")).addObject();
        attribute.put("key", key).putObject("value").put("stringValue", "x");
    }

    private static void refuses(Golden form, Consumer<ObjectNode> change, String violation) {
        ObjectNode document = (ObjectNode) GoldenFormsTest.golden("environment-created", form);
        change.accept(document);
        assertThat(FormMatrixTest.violations(form, document))
                .anySatisfy(found -> assertThat(found).contains(violation));
    }
}
