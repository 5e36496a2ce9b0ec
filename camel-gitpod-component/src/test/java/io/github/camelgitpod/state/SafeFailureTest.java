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
                "wrong: apiKey=canary)",
                "cannot connect to mongodb://me:p@canary@db/audit",
                "cannot connect to postgres://me:pa/canary@db/audit",
                "cannot connect to jdbc:oracle:thin:scott/canary@//db/audit",
                "wrong: password='it''s canary'",
                "wrong: {\"password\":\"a\\\"canary\"}",
                "wrong: <password>canary</password>",
                "Authorization: Bearer canary-1",
                "wrong: AccountKey=canary;",
                "https://store/?sv=1&sig=canary&x=1"
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
                "http://db:8080/a@b",
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

    /** As after a rollback that failed too. */
    @Test
    void aFailureThatIsTheCauseOfWhatItSuppressedIsShown() {
        Exception failure = new IllegalStateException("no place");
        failure.addSuppressed(new IOException("rollback failed", failure));
        assertThat(unknown.of(failure)).isSameAs(failure);

        Exception secret = new IllegalStateException("password=canary");
        secret.addSuppressed(new IOException("rollback failed", secret));
        assertThat(Throwables.getStackTrace(unknown.of(secret)))
                .contains("password=***", "rollback failed")
                .doesNotContain("canary");
    }

    @Test
    void aFailureWithoutSecretsStaysAsItIs() {
        Exception failure = new IllegalStateException("no place", new IOException("no such file"));

        assertThat(unknown.of(failure)).isSameAs(failure);
    }
}
