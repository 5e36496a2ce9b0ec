package io.github.camelgitpod.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.quarkus.test.QuarkusUnitTest;
import jakarta.inject.Inject;
import java.util.logging.LogRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application without a token gets a simulated organization in test mode, and its past and its present arrive. */
class DevServicesTest {
    private static final int HISTORY = 250;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Arrivals.class))
            .overrideConfigKey("quarkus.camel-gitpod.devservices.history", Integer.toString(HISTORY))
            .overrideConfigKey("quarkus.camel-gitpod.devservices.live-rate", "50")
            .setLogRecordPredicate(log -> log.getLoggerName().equals("io.quarkus"))
            .assertLogRecords(logs -> assertThat(logs)
                    .extracting(DevServicesTest::text)
                    .anyMatch(text -> text.matches("Installed features: .*\\b" + GitpodProcessor.FEATURE + "\\b.*")));

    @Inject
    Arrivals arrivals;

    @ConfigProperty(name = "camel.component.gitpod.base-url")
    String baseUrl;

    @Test
    void pastAndPresentArrive() {
        assertThat(baseUrl).startsWith("http://127.0.0.1:");
        await().atMost(ONE_MINUTE).until(() -> arrivals.entries().get() > HISTORY);
        await().atMost(ONE_MINUTE).until(() -> arrivals.events().get() > 0);
    }

    private static String text(LogRecord log) {
        return log.getParameters() == null ? log.getMessage() : String.format(log.getMessage(), log.getParameters());
    }
}
