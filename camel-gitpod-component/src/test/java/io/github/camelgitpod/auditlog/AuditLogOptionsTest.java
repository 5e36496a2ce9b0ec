package io.github.camelgitpod.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditLogOptionsTest {

    @ParameterizedTest
    @CsvSource({"24h, PT24H", "P30D, PT720H", "1m30s, PT1M30S", "90000, PT1M30S"})
    void durationsBackFromNowAreReadAsCamelAndAsIsoWriteThem(String from, Duration back) {
        AuditLogConfiguration options = new AuditLogConfiguration();
        options.setFrom(from);

        assertThat(new AuditLogOptions(options).toSettings(null).start().back()).isEqualTo(back);
    }
}
