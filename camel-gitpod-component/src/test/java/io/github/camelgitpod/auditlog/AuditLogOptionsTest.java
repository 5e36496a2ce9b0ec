package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.auditlog.reader.AuditLogReaderSettings;
import io.github.camelgitpod.auditlog.reader.StartPosition;
import io.github.camelgitpod.simulator.RecordedRequest;
import io.github.camelgitpod.testing.GitpodTest;
import io.github.camelgitpod.testing.RecordedLogs;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogOptionsTest {
    private final AuditLogConfiguration options = new AuditLogConfiguration();

    @ParameterizedTest
    @CsvSource({"24h, PT24H", "P30D, PT720H", "1m30s, PT1M30S"})
    void durationsBackFromNowAreReadAsCamelAndAsIsoWriteThem(String from, Duration back) {
        options.setFrom(from);

        assertThat(settings().start().back()).isEqualTo(back);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24, 2026-11-24T00:00:00Z",
        "2026-11-24T00:00:00, 2026-11-24T00:00:00Z",
        "2026-11-24T00:00:00 02:00, 2026-11-23T22:00:00Z"
    })
    void aTimeWithoutZoneIsUtcAndABlankIsThePlusOfItsOffset(String text, Instant instant) {
        options.setFrom(text);
        options.setTo("9999-12-31");
        assertThat(settings().start().instant()).isEqualTo(instant);

        options.setFrom("beginning");
        options.setTo(text);
        assertThat(settings().to()).isEqualTo(instant);
    }

    /** What the server is asked for lies {@code lookback} before, and it reads no times before the year 1. */
    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01", "1969-12-31T23:59:59Z", "1970-01-01"})
    void aTimeBeforeTheEpochIsTheBeginning(String from) {
        options.setFrom(from);

        assertThat(settings().start()).isEqualTo(StartPosition.BEGINNING);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "now, -, -",
                "24h, -, -",
                "24h, 2027-01-01, -",
                "2026-11-26T00:00:01Z, -, 'begins in the future, at 2026-11-26T00:00:01Z: nothing is delivered before'",
                "now, 2026-11-25, 'begins at 2026-11-26T00:00:00Z, which is not before to=2026-11-25T00:00:00Z:"
                        + " only a cursor from before has anything to deliver'",
                "24h, 2026-11-25, 'begins at 2026-11-25T00:00:00Z, which is not before to=2026-11-25T00:00:00Z:"
                        + " only a cursor from before has anything to deliver'"
            })
    void aRangeThatMayNotBeMeantIsToldInWords(String from, String to, String told) {
        options.setFrom(from);
        options.setTo(to);

        assertThat(AuditLogOptions.doubt(settings().start(), settings().to(), Instant.parse("2026-11-26T00:00:00Z")))
                .isEqualTo(told);
    }

    @Test
    void aFullNameThatIsNewerThanThisVersionIsUsedAsItIsAndTold() {
        options.setSubjectTypes("user_secret,RESOURCE_TYPE_NEW_THING");
        options.setActorPrincipals("principal_robot");
        try (RecordedLogs logs = new RecordedLogs()) {
            AuditLogReaderSettings settings = settings();

            assertThat(settings.filter().subjectTypes())
                    .containsExactly("RESOURCE_TYPE_NEW_THING", "RESOURCE_TYPE_USER_SECRET");
            assertThat(settings.filter().actorPrincipals()).containsExactly("PRINCIPAL_ROBOT");
            assertThat(logs.messages())
                    .containsExactlyInAnyOrder(
                            "Option subjectTypes has the value RESOURCE_TYPE_NEW_THING, which this version does not"
                                    + " know; it is used as it is",
                            "Option actorPrincipals has the value PRINCIPAL_ROBOT, which this version does not know;"
                                    + " it is used as it is");
        }
    }

    @Test
    void aFullNameThatIsNewerThanThisVersionIsSent() throws Exception {
        try (GitpodTest gitpod = new GitpodTest()) {
            gitpod.auditLogs("subjectTypes=RESOURCE_TYPE_NEW_THING").start();

            await().until(() -> gitpod.simulator().requests().all().stream()
                    .map(RecordedRequest::body)
                    .anyMatch(body -> body.contains("\"subjectTypes\":[\"RESOURCE_TYPE_NEW_THING\"]")));
        }
    }

    private AuditLogReaderSettings settings() {
        return new AuditLogOptions(options).toSettings("https://gitpod.test", false, null);
    }
}
