package io.github.camelgitpod.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.transform.TestMessages.Golden;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Entries become in each form what was agreed on and checked against the official schemas, numbers to the last digit. */
class GoldenFormsTest {
    static final List<String> CASES = List.of("environment-created", "credential-access", "hostile", "veto");

    static Stream<Arguments> each() {
        return CASES.stream().flatMap(name -> Stream.of(Golden.values()).map(form -> Arguments.of(name, form)));
    }

    static AuditLogEntry entry(String name) {
        return TestMessages.entry(
                TestMessages.resourceText("golden/" + name + ".entry.json").stripTrailing());
    }

    static JsonNode golden(String name, Golden form) {
        return TestMessages.resource("golden/" + name + "." + form + ".json");
    }

    @ParameterizedTest
    @MethodSource("each")
    void anEntryIsWhatWasAgreedOn(String name, Golden form) {
        assertThat(form.of(entry(name))).isEqualTo(golden(name, form));
    }

    @ParameterizedTest
    @MethodSource("each")
    void aBatchIsAnArrayOfThemOrOneRequest(String name, Golden form) {
        List<AuditLogEntry> batch = CASES.stream().map(GoldenFormsTest::entry).toList();

        JsonNode several = form.of(batch);

        JsonNode records = form == Golden.otlp ? records(several) : several;
        JsonNode expected = golden(name, form);
        assertThat(records).hasSize(CASES.size());
        assertThat(records.get(CASES.indexOf(name)))
                .isEqualTo(form == Golden.otlp ? records(expected).get(0) : expected);
    }

    @Test
    void aDifferentLastDigitWouldBeSeen() {
        JsonNode golden = golden("hostile", Golden.ocsf);

        JsonNode other = TestMessages.json(golden.toString().replace("67890.10", "67890.11"));

        assertThat(other).isNotEqualTo(golden);
    }

    private static JsonNode records(JsonNode request) {
        return request.at("/resourceLogs/0/scopeLogs/0/logRecords");
    }
}
