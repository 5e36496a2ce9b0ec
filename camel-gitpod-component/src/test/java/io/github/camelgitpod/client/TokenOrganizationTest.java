package io.github.camelgitpod.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.client.http.PartialServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers say that a server never tells, and which say nothing. */
class TokenOrganizationTest {
    private long nanos = 1;
    private final TokenOrganization organizations = new TokenOrganization(() -> nanos);
    private final Server server = new Server();

    @ParameterizedTest
    @CsvSource({
        "404, not_found",
        "404, unimplemented",
        "501, unimplemented",
        "403, permission_denied",
        "400, invalid_argument"
    })
    void aServerThatSaysSoItselfIsAskedOnce(int status, String code) throws IOException {
        server.failure = new ApiException(status, code, "no", null);

        assertThat(organizations.of(server)).isEmpty();
        assertThat(organizations.of(server)).isEmpty();
        assertThat(server.asked).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 404, 405})
    void aProxysPageSaysNothing(int status) throws IOException {
        server.failure = new ApiException(status, null, "a page", null);
        assertThatThrownBy(() -> organizations.of(server)).hasMessage("a page");
        assertThat(organizations.known()).isNull();

        server.failure = null;
        assertThat(organizations.of(server)).contains("organization");
    }

    @Test
    void aPageThatStandsForAMinuteIsBelieved() throws IOException {
        server.failure = new ApiException(404, null, "404 page not found", null);
        assertThatThrownBy(() -> organizations.of(server)).isSameAs(server.failure);
        nanos += Duration.ofMinutes(1).toNanos();

        assertThat(organizations.of(server)).isEmpty();
        assertThat(organizations.of(server)).isEmpty();
        assertThat(server.asked).isEqualTo(2);
    }

    private static final class Server implements PartialServer {
        private ApiException failure;
        private int asked;

        @Override
        public Identity authenticatedIdentity() throws IOException {
            asked++;
            if (failure != null) {
                throw failure;
            }
            return PartialServer.super.authenticatedIdentity();
        }
    }
}
