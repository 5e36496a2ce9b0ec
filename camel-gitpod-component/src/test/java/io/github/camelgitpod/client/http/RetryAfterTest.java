package io.github.camelgitpod.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final String FOUR_SECONDS = "CgIIBA";

    @ParameterizedTest
    @CsvSource({
        "2, PT2S",
        "' 30 ', PT30S",
        "1000000000, PT1H",
        "99999999999999999999999, PT1H",
        "'Wed, 18 Feb 2026 10:00:20 GMT', PT20S",
        "'Thu, 19 Feb 2026 10:00:20 GMT', PT1H"
    })
    void secondsAndDatesAreWaitsOfAtMostAnHour(String text, Duration wait) {
        assertThat(header("Retry-After", text)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "NaN", "soon", "1.5", "Wed, 18 Feb 2026 09:59:00 GMT", "Wed, 99 Feb 2026"})
    void whatIsNoWaitIsNone(String text) {
        assertThat(header("Retry-After", text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4, PT4S", "' 30 ', PT30S", "99999999999999999999999, PT1H"})
    void theLimitersOwnHeaderIsInSeconds(String text, Duration wait) {
        assertThat(header("RateLimit-RetryAfter", text)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-4", "NaN", "4.5", "4s", "Wed, 18 Feb 2026 10:00:20 GMT"})
    void anythingElseInItIsNone(String text) {
        assertThat(header("RateLimit-RetryAfter", text)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "CgIIBA, PT4S",
        "CgIIBA==, PT4S",
        "CgMI2AQ, PT10M",
        "CgYQgMq17gE, PT0.5S",
        "CgcIBBCA5Zp3, PT4.25S",
        // Other fields, of each type, around it.
        "EgNhYmMYBSUBAgMEITEyMzQ1Njc4CgMI2AQ, PT10M",
        // The largest number of seconds that there is, with all but one nanosecond of the next.
        "ChAI//////////9/EP+T69wD, PT1H"
    })
    void theErrorsDetailIsAProtobufDuration(String value, Duration wait) {
        assertThat(detail(value)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CgA", // zero
                "CgsI/P//////////AQ", // -4 s
                "CgsQ+///////////AQ", // -5 ns
                "CgsIgICAgICAgICAAQ", // the smallest number of seconds
                "ChYIgICAgICAgICAARD///////////8B", // and 1 ns less
                "CgYQgKjWuQc", // 2,000,000,000 ns
                "Cww", // groups, which no message has any more
                "Cn8IBA", // longer than the message
                "Cv///////////wEI", // a negative length
                "CgIIhA", // cut in a number
                "CgUNAQAAAA", // seconds of another type
                "////////////////",
                "not Base64",
                "NaN"
            })
    void aBrokenDetailIsNone(String value) {
        assertThat(detail(value)).isEmpty();
    }

    @Test
    void theDetailCountsThenTheLimitersHeaderThenTheProxys() {
        Headers both = Headers.of("RateLimit-RetryAfter", "20", "Retry-After", "30");

        assertThat(RetryAfter.of(both, errorWith(FOUR_SECONDS))).contains(Duration.ofSeconds(4));
        assertThat(RetryAfter.of(both, errorWith("broken"))).contains(Duration.ofSeconds(20));
        assertThat(RetryAfter.of(Headers.of("RateLimit-RetryAfter", "-1", "Retry-After", "30"), errorWith("broken")))
                .contains(Duration.ofSeconds(30));
    }

    @Test
    void detailsOfOtherTypesAndShapesArePassedOver() {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.putArray("details")
                .add(17)
                .addNull()
                .add("google.rpc.RetryInfo")
                .add(JsonNodeFactory.instance.objectNode().put("type", "google.rpc.RetryInfo2"))
                .add(detailOf("google.rpc.QuotaFailure", "CgMI2AQ"))
                .add(detailOf("google.rpc.RetryInfo", FOUR_SECONDS));

        assertThat(RetryAfter.inDetails(error)).contains(Duration.ofSeconds(4));
        assertThat(RetryAfter.inDetails(error.put("details", "4s"))).isEmpty();
    }

    private static Optional<Duration> header(String name, String text) {
        Headers headers = Headers.of("Date", "Wed, 18 Feb 2026 10:00:00 GMT", name, text);
        return RetryAfter.of(headers, JsonNodeFactory.instance.missingNode());
    }

    /** The debug form says something else: it is not authoritative. */
    private static Optional<Duration> detail(String value) {
        return RetryAfter.of(Headers.of(), errorWith(value));
    }

    private static JsonNode errorWith(String retryInfo) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.putArray("details").add(detailOf("google.rpc.RetryInfo", retryInfo));
        return error;
    }

    private static ObjectNode detailOf(String type, String value) {
        ObjectNode detail =
                JsonNodeFactory.instance.objectNode().put("type", type).put("value", value);
        detail.putObject("debug").put("retryDelay", "77s");
        return detail;
    }
}
