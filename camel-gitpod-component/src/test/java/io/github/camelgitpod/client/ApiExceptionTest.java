package io.github.camelgitpod.auditlog.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.ApiException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckedPagesTest {

    /** What heals by waiting, or with another access token, says nothing of the page token. */
    @ParameterizedTest
    @CsvSource({
        "400, true",
        "404, true",
        "410, true",
        "429, false",
        "500, false",
        "503, false",
        "401, false",
        "403, false"
    })
    void tellsABrokenPageTokenFromOtherFailures(int status, boolean broken) {
        assertThat(CheckedPages.isBrokenToken(new ApiException(status, "code", "message", null)))
                .isEqualTo(broken);
    }
}
