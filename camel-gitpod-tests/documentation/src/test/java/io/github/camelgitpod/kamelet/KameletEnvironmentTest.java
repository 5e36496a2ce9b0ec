package io.github.camelgitpod.kamelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a use of a Kamelet leaves unset is unset, whatever variables and properties of such a name the process has. */
class KameletEnvironmentTest {
    private static final String POISON = "of-the-process";

    @TempDir
    Path directory;

    @Test
    void nothingIsTakenFromTheProcess() throws Exception {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Uses.class.getName());
        for (String kamelet : KameletFile.OURS) {
            for (String property : KameletFile.named(kamelet).properties().keySet()) {
                java.environment().put(property, POISON);
                java.environment().put(property.toUpperCase(Locale.ROOT), POISON);
                java.environment().put(property.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT), POISON);
            }
        }
        File printed = directory.resolve("printed").toFile();
        Process process = java.redirectErrorStream(true).redirectOutput(printed).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(java.environment()).containsKeys("BASE_URL", "BASEURL", "baseUrl", "STATE_DIRECTORY", "TO");
        assertThat(printed)
                .content()
                .contains("gitpod://auditLogs?", "gitpod://events?", "operations=delete", "done")
                .doesNotContain(POISON);
    }

    /** Starts each Kamelet with nothing set, in a process whose properties have all names, too. */
    static final class Uses {
        private Uses() {}

        public static void main(String[] args) throws Exception {
            StringBuilder routes = new StringBuilder();
            Map<String, String> settings = new HashMap<>(Map.of(
                    "camel.main.auto-startup", "false", "camel.kamelet.gitpod-events-source.operations", "delete"));
            for (String kamelet : KameletFile.OURS) {
                routes.append(Application.route(kamelet, Map.of("stateKey", "own-" + kamelet)));
                for (String property : KameletFile.named(kamelet).properties().keySet()) {
                    System.setProperty(property, POISON);
                    settings.put(property, POISON);
                }
            }
            try (Application application = new Application(routes.toString(), settings)) {
                application.context().getEndpoints().forEach(endpoint -> System.out.println(endpoint.getEndpointUri()));
            }
            System.out.println("done");
        }
    }
}
