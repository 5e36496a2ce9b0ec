package io.github.camelgitpod.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.client.AuditLogPage;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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

    @Test
    void whatIsBeyondTheParsersLimitsIsSaidInWords() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        for (String value : List.of(deep, "1" + "0".repeat(2_000_000))) {
            assertThatThrownBy(() -> parse("{\"entries\":[{\"id\":\"x\",\"z\":" + value + "}]}"))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "The answer is not a page of audit-log entries: its JSON is nested too deeply, or has a number,"
                                    + " a name or a text that is too long");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"entries\":[]}",
                "{\"entries\":null,\"pagination\":null}",
                "{\"pagination\":{\"nextToken\":\"\"},\"entries\":[]}",
                "{\"pagination\":{\"new\":{}}}\n"
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

    /** Each of them would be the end of the listing, and its entries lost. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":\"unavailable\"}",
                "{\"error\":{\"code\":\"internal\"}}",
                "{\"entries\":\"none\"}",
                "{\"entries\":{}}",
                "{\"entries\":{\"0\":{}}}",
                "{\"entries\":[],\"more\":null}",
                "{\"entries\":[],\"entries\":[]}",
                "{\"entries\":[1]}",
                "{\"entries\":[[]]}",
                "{\"entries\":[null]}",
                "{\"entries\":[{}]}",
                "{\"entries\":[{\"message\":\"later\"}]}",
                "{\"entries\":[{\"id\":5}]}",
                "{\"entries\":[{\"id\":\"a\",\"createdAt\":5}]}",
                "{\"entries\":[{\"id\":\"a\",\"createdAt\":{}}]}",
                "{\"pagination\":[]}",
                "{\"pagination\":\"next\"}",
                "{\"pagination\":{\"nextToken\":1}}",
                "{\"pagination\":{\"nextToken\":{}}}",
                "{} {}",
                "{},",
                "{}garbage",
                "[]",
                "null",
                ""
            })
    void whatHasAnythingElseIsNoPage(String json) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The answer is not a page of audit-log entries: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"entries":"none"}             | its field entries is a string, not an array
                    {"entries":7.5}                | its field entries is a number, not an array
                    {"entries":[[]]}               | one of its entries is an array, not an object
                    {"entries":[null]}             | one of its entries is null, not an object
                    {"entries":[{"createdAt":5}]}  | the createdAt of one of its entries is a number, not a string
                    {"pagination":true}            | its field pagination is a boolean, not an object
                    {"pagination":{"nextToken":{}}} | its field nextToken is an object, not a string
                    {"code":"unavailable"}         | its field code is not one of such a page
                    """)
    void theErrorSaysInWordsWhatIsWrong(String json, String problem) {
        assertThatThrownBy(() -> parse(json)).hasMessage("The answer is not a page of audit-log entries: " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
    void otherEncodingsAreNoPage(String charset) {
        byte[] body = "{\"entries\":[{\"id\":\"1\",\"action\":\"x\"}]}".getBytes(Charset.forName(charset));

        assertThatThrownBy(() -> AuditLogPageParser.parse(body)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0xC0, 0xE4, 0xED, 0xF5, 0xFF, 0})
    void invalidUtf8IsNoPage(int wrong) {
        // Also where no field is read that is known.
        byte[] body = "{\"entries\":[{\"id\":\"1\",\"new\":\"?\"}]}".getBytes(StandardCharsets.UTF_8);
        body[new String(body, StandardCharsets.UTF_8).indexOf('?')] = (byte) wrong;

        assertThatThrownBy(() -> AuditLogPageParser.parse(body)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void whatJacksonTakesForUtf8IsNoPageWhereverItStands(int bytesBefore) {
        // A zero in two bytes: eight are looked at together, and what is left at the end one by one.
        byte[] body = ("{\"entries\":[{\"id\":\"1\",\"new\":\"" + "x".repeat(bytesBefore) + "??\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        int place = new String(body, StandardCharsets.UTF_8).indexOf('?');
        body[place] = (byte) 0xC0;
        body[place + 1] = (byte) 0x80;

        assertThatThrownBy(() -> AuditLogPageParser.parse(body)).hasMessageContaining("the text is not UTF-8");
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws IOException {
        assertThat(parse("\uFEFF{\"entries\":[{\"id\":\"1\"}]}")
                        .entries()
                        .get(0)
                        .json())
                .hasToString("{\"id\":\"1\"}");
    }

    @Test
    void aProxysPageIsAnError() {
        assertThatThrownBy(() -> parse("<html>busy</html>")).isInstanceOf(IOException.class);
    }

    private static AuditLogPage parse(String json) throws IOException {
        return AuditLogPageParser.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
