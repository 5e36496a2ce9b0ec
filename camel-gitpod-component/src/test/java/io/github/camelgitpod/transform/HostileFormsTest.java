package io.github.camelgitpod.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.transform.TestMessages.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a server sends becomes a valid document, and its text is kept to the character. */
class HostileFormsTest {
    private static final String LONE = "\\ud83d lone \\udc00";
    private static final List<String> TEXTS = List.of(
            "\\\" \\\\ \\n \\t \\u0000 \\u0085 \\u2028 \\ufffe \\ud83d\\ude80",
            LONE,
            "</script> ${env:HOME} {{x}} %s 'q' \uD83D\uDC69\u200D\uD83D\uDCBB",
            " ".repeat(10));
    private static final List<String> TIMES = List.of(
            "2026-02-28T23:59:59.999999999999Z",
            "2026-02-28t23:59:59z",
            "2026-02-28T23:59+02:00",
            "2026-02-28T23:59:59.1-18:00",
            "2026-02-28T23:59:59+02:00:30",
            "+999999999-12-31T23:59:59Z",
            "-0001-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "2026-02-30T00:00:00Z",
            "yesterday");

    @ParameterizedTest
    @EnumSource
    void anyTextInAnyField(Golden form) {
        for (String text : TEXTS) {
            for (String field :
                    List.of("id", "actorId", "actorPrincipal", "subjectId", "subjectType", "action", "kind")) {
                String entry = with(field, "\"" + text + "\"");

                JsonNode document = FormMatrixTest.check(form, entry);

                assertThat(original(form, document))
                        .isEqualTo(
                                form == Golden.cloudevents
                                        ? TestMessages.json(entry).toString()
                                        : entry);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLargeText(Golden form) {
        for (String text : List.of("x".repeat(1 << 20), "created \\u0000".repeat(1 << 14))) {
            FormMatrixTest.check(form, with("action", "\"" + text + "\""));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyTime(Golden form) {
        for (String time : TIMES) {
            FormMatrixTest.check(form, with("createdAt", "\"" + time + "\""));
        }
    }

    @Test
    void anUnreadableTimeIsNotInvented() {
        String entry = with("createdAt", "\"yesterday\"");

        assertThat(Golden.cloudevents.of(TestMessages.entry(entry)).has("time")).isFalse();
        assertThat(Golden.otlp.of(TestMessages.entry(entry)).findValue("timeUnixNano"))
                .isNull();
        // Where one is required, it is that of the receipt, as these standards say.
        JsonNode ocsf = Golden.ocsf.of(TestMessages.entry(entry));
        assertThat(ocsf.path("time").asLong()).isEqualTo(TestMessages.RECEIVED_AT.toEpochMilli());
        assertThat(ocsf.at("/metadata/original_time").asText()).isEqualTo("yesterday");
        assertThat(ocsf.has("timezone_offset")).isFalse();
        assertThat(Golden.ecs.of(TestMessages.entry(entry)).path("@timestamp").asText())
                .isEqualTo(TestMessages.RECEIVED_AT.toString());
    }

    @Test
    void timesKeepTheirDigitsAndOffsets() {
        String offset = with("createdAt", "\"2026-02-28T23:59:59.1-05:30\"");
        assertThat(Golden.ocsf
                        .of(TestMessages.entry(offset))
                        .path("timezone_offset")
                        .asInt())
                .isEqualTo(-330);
        assertThat(Golden.ecs.of(TestMessages.entry(offset)).path("@timestamp").asText())
                .endsWith(".1-05:30");
        String fine = with("createdAt", "\"2026-02-28T23:59:59.123456789Z\"");
        assertThat(Golden.otlp
                        .of(TestMessages.entry(fine))
                        .findValue("timeUnixNano")
                        .asText())
                .isEqualTo("1772323199123456789");
        String late = with("createdAt", "\"9999-12-31T23:59:59Z\"");
        assertThat(Golden.otlp.of(TestMessages.entry(late)).findValue("timeUnixNano"))
                .isNull();
    }

    @ParameterizedTest
    @EnumSource
    void deepAndLargeUnknownFields(Golden form) {
        int depth = 990;
        String deep = "[".repeat(depth) + "1e999999" + "]".repeat(depth);
        FormMatrixTest.check(form, with("deep", deep));
        FormMatrixTest.check(form, with("large", "\"" + "y".repeat(1 << 20) + "\""));
        FormMatrixTest.check(form, with("number", "1".repeat(900) + "." + "2".repeat(90)));
        FormMatrixTest.check(form, with("n".repeat(40_000), "{\"a\\u0000\":\"" + LONE + "\"}"));
    }

    @Test
    void unknownFieldsAreCopiedToTheLastDigit() {
        String unknown = "{\"a\":[1.10,1E+2,-0.0,12345678901234567890123,true,null,\"x\"],\"b\":{}}";

        String text = TestMessages.text(TestMessages.transformed(
                Golden.ocsf.transformer, TestMessages.message(TestMessages.entry(with("more", unknown)))));

        assertThat(text).contains("\"more\":" + unknown);
    }

    @ParameterizedTest
    @EnumSource
    void fieldsOfAnotherKindThanTheyShouldBe(Golden form) {
        for (String value : List.of("5", "null", "[]", "{\"a\":1}", "true", "\"\"")) {
            for (String field : List.of("actorId", "subjectId", "subjectType", "action", "kind", "details")) {
                FormMatrixTest.check(form, with(field, value));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsUnspecifiedIsLeftOut(Golden form) {
        ObjectNode entry = (ObjectNode) TestMessages.resource("golden/environment-created.entry.json");
        entry.put("actorPrincipal", "PRINCIPAL_UNSPECIFIED")
                .put("subjectType", "RESOURCE_TYPE_UNSPECIFIED")
                .put("kind", "AUDIT_LOG_ENTRY_KIND_UNSPECIFIED");

        String document = form.of(TestMessages.entry(entry.toString())).toString();

        // The three are in the entry's own text only.
        assertThat(document.split("_UNSPECIFIED")).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void detailsOfAnyShape(Golden form) {
        for (String exec : List.of(
                "5",
                "{}",
                "{\"action\":7,\"filename\":{},\"executable\":[],\"process\":null}",
                "{\"filename\":\"\",\"executable\":\"md5:1\",\"process\":{\"pid\":1.5}}",
                "{\"filename\":\"" + LONE + "\",\"process\":{\"pid\":123456789012345678901234567890}}",
                "{\"process\":{\"pid\":9007199254740993}}")) {
            ObjectNode veto = (ObjectNode) TestMessages.resource("golden/veto.entry.json");
            String entry = veto.without("details").toString();
            FormMatrixTest.check(
                    form, entry.substring(0, entry.length() - 1) + ",\"details\":{\"vetoExec\":" + exec + "}}");
        }
    }

    private static String with(String field, String value) {
        ObjectNode entry = (ObjectNode) TestMessages.resource("golden/environment-created.entry.json");
        String others = entry.without(field).toString();
        return others.substring(0, others.length() - 1) + " , \"" + field + "\" : " + value + " }";
    }

    private static String original(Golden form, JsonNode document) {
        return switch (form) {
            case cloudevents -> document.path("data").toString();
            case ocsf -> document.path("raw_data").asText();
            case ecs -> document.at("/event/original").asText();
            case otlp ->
                document.at("/resourceLogs/0/scopeLogs/0/logRecords/0/attributes")
                        .valueStream()
                        .filter(attribute -> attribute.path("key").asText().equals("log.record.original"))
                        .findFirst()
                        .orElseThrow()
                        .at("/value/stringValue")
                        .asText();
        };
    }
}
