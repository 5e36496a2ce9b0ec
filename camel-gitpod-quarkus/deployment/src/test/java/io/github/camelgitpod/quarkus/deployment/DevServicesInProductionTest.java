package io.github.camelgitpod.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.QuarkusProdModeTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In production an application without a token does not start, and says what is missing. */
class DevServicesInProductionTest {
    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClass(Arrivals.class))
            .setApplicationName("production")
            .setRuntimeProperties(Map.of("quarkus.http.port", "0"))
            .setRun(true)
            .setExpectExit(true);

    @Test
    void nothingIsStarted() {
        assertThat(APPLICATION.getExitCode()).isNotZero();
        assertThat(APPLICATION.getStartupConsoleOutput()).contains("Option accessToken is missing");
    }
}
