package io.github.camelgitpod.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeFailureTest {
    private final SafeFailure unknown = SafeFailure.OF_UNKNOWN_SETTINGS;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No suitable driver found for jdbc:postgresql://db/audit?user=me&password=canary&ssl=true",
                "cannot connect to jdbc:mysql://me:canary@db:3306/audit",
                "URL format error: jdbc:h2:mem:x;PASSWORD=canary;USER=me",
                "wrong: sslPassword='canary'",
                "wrong: {\"password\": \"canary bird\", \"user\": \"me\"}",
                "wrong: trustStorePassword = \"canary\"",
                "wrong: client_secret: canary, scope: all",
                "wrong: apiKey=canary)"
            })
    void whatIsCalledASecretIsLeftOut(String message) {
        assertThat(unknown.text(message)).doesNotContain("canary").contains("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The password is wrong",
                "jdbc:postgresql://db:5432/audit?user=me",
                "http://[::1]:8080/a@b",
                "Unexpected token 'x' at 3",
                ""
            })
    void whatIsNoneStays(String message) {
        assertThat(unknown.text(message)).isEqualTo(message);
    }

    @Test
    void whatIsKnownToBeOneIsLeftOutAsAWord() {
        SafeFailure safe = new SafeFailure(List.of("canary", "canary bird$", "a", " "));

        assertThat(safe.text("no 'canary', a canary bird$, nor canaryless"))
                .isEqualTo("no '***', *** ***, nor canaryless");
    }

    @Test
    void causesAndWhatWasSuppressedAreShownWithoutIt() {
        Exception failure = new IllegalStateException("no place", new IOException("password=canary"));
        failure.addSuppressed(new IOException("close: pwd=canary"));
        Throwable safe = unknown.of(failure);

        assertThat(Throwables.getStackTrace(safe))
                .contains("java.lang.IllegalStateException: no place", "java.io.IOException: password=***")
                .contains("Suppressed: java.io.IOException: close: pwd=***", "SafeFailureTest.causesAndWhat")
                .doesNotContain("canary");
        assertThat(safe.toString()).isEqualTo(failure.toString());
    }

    @Test
    void aFailureWithoutSecretsStaysAsItIs() {
        Exception failure = new IllegalStateException("no place", new IOException("no such file"));

        assertThat(unknown.of(failure)).isSameAs(failure);
    }
}
