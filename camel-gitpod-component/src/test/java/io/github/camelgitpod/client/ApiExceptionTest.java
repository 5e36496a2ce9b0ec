package io.github.camelgitpod.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiExceptionTest {

    /** What waiting or another access token can heal says nothing about the request, nor about its page token. */
    @ParameterizedTest
    @CsvSource({
        "400, true, false",
        "404, true, false",
        "410, true, false",
        "429, false, true",
        "500, false, true",
        "503, false, true",
        "401, false, true",
        "403, false, false"
    })
    void tellsARefusedRequestFromAFailureThatMayPass(int status, boolean refused, boolean mayPass) {
        ApiException answer = new ApiException(status, "code", "message", null);

        assertThat(answer.isRequestRefused()).isEqualTo(refused);
        assertThat(answer.mayPassByItself()).isEqualTo(mayPass);
    }
}
