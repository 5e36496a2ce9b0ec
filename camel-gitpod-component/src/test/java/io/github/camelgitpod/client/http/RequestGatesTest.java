package io.github.camelgitpod.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.client.ApiException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

class RequestGatesTest {
    private static final HttpUrl HERE = HttpUrl.get("https://here.example/api");
    private static final String METHOD = "EventService/ListAuditLogs";

    private final AtomicLong nanoTime = new AtomicLong();
    private final RequestGates gates = new RequestGates(nanoTime::get);
    private final RequestGates.Access one = gates.new Access(HERE);
    private final RequestGates.Access other = gates.new Access(HERE);

    @Test
    void theClientsOfOneCredentialShareItsGates() {
        assertThat(one.of("token")).isSameAs(other.of("token"));
        assertThat(one.of("token").of(METHOD)).isSameAs(other.of("token").of(METHOD));

        one.of("rotated");
        assertThat(other.of("token")).isNotSameAs(other.of("rotated"));
        assertThat(gates.new Access(HttpUrl.get("https://there.example/api")).of("rotated"))
                .isNotSameAs(one.of("rotated"));
    }

    @Test
    void aTokenThatComesBackHasTheGatesThatItHad() {
        CredentialGates before = other.of("token");

        one.of("token");
        one.of("rotated");

        assertThat(one.of("token")).isSameAs(before);
    }

    @Test
    void theDigestIsThatOfTheTokenAndTheAddress() {
        String digest = one.digest("token");

        assertThat(one.digest("rotated")).isNotEqualTo(digest);
        assertThat(one.digest("token")).isEqualTo(digest).isEqualTo(other.digest("token"));
        assertThat(gates.new Access(HttpUrl.get("https://there.example/api")).digest("token"))
                .isNotEqualTo(digest);
    }

    @Test
    void aCredentialThatOneClientStillUsesIsKept() {
        CredentialGates shared = one.of("token");
        other.of("token");

        one.of("rotated");

        assertThat(other.of("token")).isSameAs(shared);
        assertThat(gates.credentials()).isEqualTo(2);
    }

    @Test
    void aWaitThatTheServerAskedForOutlivesTheClientThatWasTold() {
        one.of("token").ofAll().failed(new ApiException(429, "resource_exhausted", "no", Duration.ofMinutes(10)));
        one.close();

        assertThat(other.of("token").remaining(METHOD)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aRefusedTokenIsForgottenSomeTimeAfterItWasRotated() {
        one.of("token").of(METHOD).failed(new ApiException(403, "permission_denied", "no", null));
        one.of("rotated");
        assertThat(gates.credentials()).isEqualTo(2);

        nanoTime.addAndGet(Duration.ofSeconds(5).plusMinutes(5).toNanos());
        one.of("rotated again");

        assertThat(gates.credentials()).isEqualTo(1);
    }

    @Test
    void aClosedClientTakesNoPlace() {
        one.close();

        assertThat(one.of("token").remaining(METHOD)).isZero();
        assertThat(gates.credentials()).isZero();
    }
}
