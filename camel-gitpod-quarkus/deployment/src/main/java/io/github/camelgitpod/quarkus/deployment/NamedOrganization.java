package io.github.camelgitpod.quarkus.deployment;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Whether the application is told which organization to read: by a token, or by an address. */
final class NamedOrganization {
    private static final List<String> PROPERTIES = List.of(
            "camel.component.gitpod.access-token",
            "camel.component.gitpod.accessToken",
            "camel.component.gitpod.base-url",
            "camel.component.gitpod.baseUrl",
            "camel.component.gitpod.configuration",
            "GITPOD_API_KEY",
            "ONA_API_KEY",
            "ONA_TOKEN",
            "GITPOD_BASE_URL",
            "ONA_BASE_URL");

    private NamedOrganization() {}

    /** The first property or environment variable that names it; empty when there is none. */
    static Optional<String> property(Config config) {
        return PROPERTIES.stream()
                .filter(name -> config.getOptionalValue(name, String.class)
                        .filter(value -> !value.isBlank())
                        .isPresent())
                .findFirst();
    }
}
