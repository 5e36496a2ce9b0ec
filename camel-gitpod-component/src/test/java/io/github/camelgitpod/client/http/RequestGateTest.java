package io.github.camelgitpod.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.ApiException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestGateTest {
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final RequestGate gate = new RequestGate(nanoTime::get);

    @Test
    void refusalsOfRequestsThatWereUnderWayTogetherCountAsOne() {
        for (int i = 0; i < 8; i++) {
            gate.failed(tooMany());
            nanoTime.addAndGet(Duration.ofMillis(100).toNanos());
        }
        assertThat(gate.slowDowns()).isEqualTo(1);

        nanoTime.addAndGet(Duration.ofMillis(300).toNanos());
        gate.failed(tooMany());
        assertThat(gate.slowDowns()).isEqualTo(2);
    }

    @Test
    void otherErrorsAreNoWishForFewerRequests() {
        gate.failed(new ApiException(503, "unavailable", "busy", Duration.ofSeconds(1)));
        gate.failed(new ApiException(403, "permission_denied", "no", null));

        assertThat(gate.slowDowns()).isZero();
    }

    private static ApiException tooMany() {
        return new ApiException(429, "resource_exhausted", "slow down", Duration.ofMillis(10));
    }
}
