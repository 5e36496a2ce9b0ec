package io.github.camelgitpod.quarkus.deployment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Whether the application is told which organization to read: by a token, or by an address. */
final class NamedOrganization {
    private static final List<String> PROPERTIES = List.of(
            "camel.component.gitpod.access-token",
            "camel.component.gitpod.accessToken",
            "camel.component.gitpod.base-url",
            "camel.component.gitpod.baseUrl",
            "camel.component.gitpod.configuration");
    /** By the component's option that stands for each in the application's properties. */
    private static final Map<String, String> VARIABLES = variables();

    private NamedOrganization() {}

    /** The first property or environment variable that names it; empty when there is none. */
    static Optional<String> property(Config config) {
        return Stream.concat(PROPERTIES.stream(), VARIABLES.keySet().stream())
                .filter(name -> config.getOptionalValue(name, String.class)
                        .filter(value -> !value.isBlank())
                        .isPresent())
                .findFirst();
    }

    /**
     * What to do about a variable that only Quarkus sees, as from a file {@code .env}: the component looks into the environment of the
     * process. Empty when there is nothing to do.
     */
    static Optional<String> advice(String name, Map<String, String> environment) {
        return Optional.ofNullable(VARIABLES.get(name))
                .filter(option -> !environment.containsKey(name))
                .map(option -> name + " stands in a file such as .env, where the component does not look: write "
                        + option + "=${" + name + "} into application.properties");
    }

    private static Map<String, String> variables() {
        Map<String, String> options = new LinkedHashMap<>();
        List.of("GITPOD_API_KEY", "ONA_API_KEY", "ONA_TOKEN")
                .forEach(name -> options.put(name, "camel.component.gitpod.access-token"));
        List.of("GITPOD_BASE_URL", "ONA_BASE_URL")
                .forEach(name -> options.put(name, "camel.component.gitpod.base-url"));
        return options;
    }
}
