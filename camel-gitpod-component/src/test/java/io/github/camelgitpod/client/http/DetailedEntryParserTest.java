package io.github.camelgitpod.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.client.DetailedEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetailedEntryParserTest {

    @Test
    void keepsTheTextsOfBothAsTheyAre() throws IOException {
        DetailedEntry answer =
                parse("{\"newer\":[{}], \"details\" : { \"a\":1.0 },\"entry\":{ \"id\":\"one\",\"x\":2 }}");

        assertThat(answer.entry().json()).hasToString("{ \"id\":\"one\",\"x\":2 }");
        assertThat(answer.details()).hasToString("{ \"a\":1.0 }");
        assertThat(answer.merged().json()).hasToString("{ \"id\":\"one\",\"x\":2 ,\"details\":{ \"a\":1.0 }}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {"{'entry':{'id':'one'}}", "{'entry':{'id':'ONE'},'details':null}"})
    void detailsMayBeAbsent(String answer) throws IOException {
        assertThat(parse(answer).details()).isNull();
        assertThat(parse(answer).merged()).isEqualTo(parse(answer).entry());
    }

    /** Else an entry would be told without details that it has, or with those of another. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{} | it has no entry",
                "{'code':'internal'} | it has no entry",
                "{'entry':{'id':'two'}} | it is about another entry",
                "{'entry':{'id':'one'},'details':'none'} | its field details is a string, not an object",
                "{'entry':[]} | is an array, not an object",
                "{'entry':{'id':'one'}}{} | it is not exactly one JSON object",
                "{'entry':{'id':'one'},'details':{ | it is not valid JSON"
            })
    void whatIsNoSuchAnswerIsRefused(String answer, String problem) {
        assertThatThrownBy(() -> parse(answer))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The answer is not an audit-log entry with its details: ")
                .hasMessageContaining(problem);
    }

    private static DetailedEntry parse(String json) throws IOException {
        return DetailedEntryParser.parse("one", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
