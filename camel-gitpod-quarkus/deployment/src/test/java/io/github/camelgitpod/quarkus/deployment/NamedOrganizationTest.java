package io.github.camelgitpod.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to name an organization is seen, and what names none is not. */
class NamedOrganizationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel.component.gitpod.access-token",
                "camel.component.gitpod.accessToken",
                "camel.component.gitpod.base-url",
                "camel.component.gitpod.baseUrl",
                "camel.component.gitpod.configuration",
                "GITPOD_API_KEY",
                "ONA_API_KEY",
                "ONA_TOKEN",
                "GITPOD_BASE_URL",
                "ONA_BASE_URL"
            })
    void oneIsNamed(String property) {
        assertThat(named(Map.of(property, "something"))).contains(property);
        assertThat(named(Map.of(property, "{{of.camel}}"))).contains(property);
        assertThat(named(Map.of(property, " "))).isEmpty();
        assertThat(named(Map.of(property, "${MISSING:}"))).isEmpty();
    }

    @Test
    void noneIsNamed() {
        assertThat(named(Map.of())).isEmpty();
        assertThat(named(Map.of("camel.component.gitpod.max-retries", "1"))).isEmpty();
    }

    @Test
    void whatIsForProductionOnlyNamesNone() {
        assertThat(NamedOrganization.property(new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withProfile("dev")
                        .withSources(new PropertiesConfigSource(
                                Map.of("%prod.camel.component.gitpod.access-token", "${MY_TOKEN}"), "test", 0))
                        .build()))
                .isEmpty();
    }

    @Test
    void aVariableThatOnlyQuarkusSeesIsTold() {
        assertThat(NamedOrganization.advice("GITPOD_API_KEY", Map.of())).hasValueSatisfying(advice -> assertThat(advice)
                .contains(".env", "camel.component.gitpod.access-token=${GITPOD_API_KEY}"));
        assertThat(NamedOrganization.advice("ONA_BASE_URL", Map.of())).hasValueSatisfying(advice -> assertThat(advice)
                .contains("camel.component.gitpod.base-url=${ONA_BASE_URL}"));
        assertThat(NamedOrganization.advice("GITPOD_API_KEY", Map.of("GITPOD_API_KEY", "a token")))
                .isEmpty();
        assertThat(NamedOrganization.advice("camel.component.gitpod.base-url", Map.of()))
                .isEmpty();
    }

    private static Optional<String> named(Map<String, String> properties) {
        return NamedOrganization.property(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "test", 0))
                .build());
    }
}
