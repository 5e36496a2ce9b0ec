package io.github.camelgitpod.auditlog.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelgitpod.client.ApiException;
import io.github.camelgitpod.client.ListingGivenUpException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestTest {
    private final ListingGivenUpException failure = new ListingGivenUpException("no progress");
    private long now = Long.MAX_VALUE - 1_000;
    private final Rest rest = new Rest(() -> now);

    @Test
    void growsUpToFiveMinutesAndBeginsAnewWhenAllIsWell() throws IOException {
        rest.check();
        for (int seconds : List.of(5, 10, 20, 40, 80, 160, 300, 300)) {
            assertLasts(seconds);
        }

        rest.end();
        rest.check();
        assertLasts(5);
    }

    @Test
    void isForWhatWouldFailTheSameWayAgain() {
        assertThat(Rest.isNeededAfter(failure)).isTrue();
        assertThat(Rest.isNeededAfter(new ApiException(400, "invalid_argument", "", null)))
                .isTrue();
        assertThat(Rest.isNeededAfter(new ApiException(404, "not_found", "", null)))
                .isTrue();
        assertThat(Rest.isNeededAfter(new ApiException(429, "resource_exhausted", "", null)))
                .isFalse();
        assertThat(Rest.isNeededAfter(new ApiException(503, "unavailable", "", null)))
                .isFalse();
        // The gate of the credential sees to it.
        assertThat(Rest.isNeededAfter(new ApiException(403, "permission_denied", "", null)))
                .isFalse();
        assertThat(Rest.isNeededAfter(new IOException("reset"))).isFalse();
    }

    private void assertLasts(int seconds) {
        rest.begin(failure);
        now += Duration.ofSeconds(seconds).toNanos() - 1;
        assertThatExceptionOfType(ListingGivenUpException.class).isThrownBy(rest::check);
        now++;
        assertThatCode(rest::check).doesNotThrowAnyException();
    }
}
