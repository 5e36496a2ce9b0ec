package io.github.camelgitpod.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.QuarkusUnitTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application with a token of its own is left alone. */
class DevServicesWithTokenTest {
    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("camel.component.gitpod.accessToken", "of-the-application");

    @Inject
    Config config;

    @Test
    void nothingIsStarted() {
        assertThat(config.getOptionalValue("camel.component.gitpod.accessToken", String.class))
                .contains("of-the-application");
        assertThat(config.getOptionalValue("camel.component.gitpod.access-token", String.class))
                .isEmpty();
        assertThat(config.getOptionalValue("camel.component.gitpod.base-url", String.class))
                .isEmpty();
    }
}
