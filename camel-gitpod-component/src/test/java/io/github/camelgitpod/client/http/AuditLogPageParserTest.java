package io.github.camelgitpod.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogPageParserTest {

    @Test
    void everyFieldIsReadAndTheTextIsKeptAsItIs() throws IOException {
        String first = "{ \"id\":\"1\", \"actorId\":\"a\",\"actorPrincipal\":\"PRINCIPAL_NEW\",\"subjectId\":\"s\","
                + "\"subjectType\":\"RESOURCE_TYPE_X\",\"action\":\"gel\\u00f6scht → \\\"ü\\\"\",\"createdAt\":"
                + "\"2026-02-18T10:00:00.123456789Z\",\"kind\":\"K\",\"new\":{\"deep\":[1,2.50,{\"id\":\"not mine\"}]} }";
        String second = "{\"id\":\"2\"}";

        AuditLogPage page =
                parse("{\"entries\":[" + first + ",\n " + second + "],\"pagination\":{\"nextToken\":\"t\"}}");

        assertThat(page.nextToken()).isEqualTo("t");
        assertThat(page.entries()).hasSize(2);
        AuditLogEntry entry = page.entries().get(0);
        assertThat(entry.json()).hasToString(first);
        assertThat(entry.action()).isEqualTo("gelöscht → \"ü\"");
        assertThat(entry.actorPrincipal()).isEqualTo("PRINCIPAL_NEW");
        assertThat(entry.createdAt()).isEqualTo(Instant.parse("2026-02-18T10:00:00.123456789Z"));
        assertThat(entry.id()).isEqualTo("1");
        assertThat(page.entries().get(1).json()).hasToString(second);
        assertThat(page.entries().get(1).action()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"entries\":[]}",
                "{\"entries\":null,\"pagination\":null}",
                "{\"pagination\":{\"nextToken\":\"\"},\"entries\":[],\"other\":[{}]}"
            })
    void whatIsAbsentIsEmpty(String json) throws IOException {
        AuditLogPage page = parse(json);

        assertThat(page.entries()).isEmpty();
        assertThat(page.hasNext()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-18T10:00:00Z, 2026-02-18T10:00:00Z",
        "2026-02-18T10:00:00.5Z, 2026-02-18T10:00:00.500Z",
        "2026-02-18T10:00:00.123456Z, 2026-02-18T10:00:00.123456Z",
        "2026-02-18T12:00:00.000000001+02:00, 2026-02-18T10:00:00.000000001Z"
    })
    void instantsAreReadToTheNanosecondAndKeptAsText(String text, Instant instant) throws IOException {
        AuditLogEntry entry = parse("{\"entries\":[{\"createdAt\":\"" + text + "\"}]}")
                .entries()
                .get(0);

        assertThat(entry.createdAt()).isEqualTo(instant);
        assertThat(entry.createdAtText()).isEqualTo(text);
    }

    @Test
    void anInstantThatIsNoneIsKeptAsTextOnly() throws IOException {
        AuditLogEntry entry =
                parse("{\"entries\":[{\"createdAt\":\"yesterday\"}]}").entries().get(0);

        assertThat(entry.createdAt()).isNull();
        assertThat(entry.createdAtText()).isEqualTo("yesterday");
    }

    @Test
    void anAnswerThatIsCutAnywhereIsAnError() {
        byte[] whole =
                "{\"entries\":[{\"id\":\"1\"}],\"pagination\":{\"nextToken\":\"t\"}}".getBytes(StandardCharsets.UTF_8);

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> AuditLogPageParser.parse(cut))
                    .as("cut after %s bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aProxysPageIsAnError() {
        assertThatThrownBy(() -> parse("<html>busy</html>")).isInstanceOf(IOException.class);
    }

    private static AuditLogPage parse(String json) throws IOException {
        return AuditLogPageParser.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
