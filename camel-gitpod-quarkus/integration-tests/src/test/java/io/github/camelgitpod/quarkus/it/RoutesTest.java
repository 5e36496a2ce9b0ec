package io.github.camelgitpod.quarkus.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.GitpodConfiguration;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

/** The component in a Quarkus application: its options come from the application's configuration, and its routes run. */
@QuarkusTest
@WithTestResource(SimulatorResource.class)
class RoutesTest {
    private static final String SERVICES = "META-INF/services/org/apache/camel";

    GitpodSimulator simulator;

    @Inject
    CamelContext context;

    @Inject
    Deliveries deliveries;

    @Test
    void optionsAreBound() {
        GitpodConfiguration options =
                context.getComponent("gitpod", GitpodComponent.class).getConfiguration();
        assertThat(options.getBaseUrl()).isEqualTo(simulator.baseUrl());
        assertThat(context.resolvePropertyPlaceholders(options.getAccessToken()))
                .isEqualTo(simulator.accessToken());
        assertThat(options.getConnectTimeout()).isEqualTo(7_000);
        assertThat(options.getMaxRetries()).isEqualTo(1);
    }

    @Test
    void entriesArrive() {
        Entry entry = simulator
                .auditLog()
                .add(Entry.at(simulator.now().minusSeconds(60)).withAction("Secret created"));
        await().atMost(ONE_MINUTE).untilAsserted(() -> assertThat(deliveries.entries())
                .contains(new Deliveries.Delivery("Secret created", entry.json())));
    }

    @Test
    void aTokenThatIsRotatedIsTakenUp() {
        long opened = simulator.eventStreams().opened();
        Properties changed = new Properties();
        changed.setProperty("my.token", "another-token");
        context.getPropertiesComponent().setOverrideProperties(changed);
        simulator.rotateAccessToken("another-token");
        simulator.eventStreams().endAll();

        await().atMost(ONE_MINUTE).until(() -> simulator.eventStreams().opened() > opened);
        assertThat(context.getComponent("gitpod", GitpodComponent.class)
                        .getConfiguration()
                        .getAccessToken())
                .isEqualTo("{{my.token}}");
    }

    @Test
    void aSecondComponentHasPropertiesOfItsOwn() {
        GitpodConfiguration options =
                context.getComponent("staging", GitpodComponent.class).getConfiguration();
        assertThat(options.getBaseUrl()).isEqualTo("https://staging.example/api");
        assertThat(options.getAccessToken()).isNull();
        assertThat(options.getMaxRetries()).isEqualTo(2);
    }

    /** Camel Quarkus knows those that were registered when the application was built, and looks for no others. */
    @Test
    void allServicesOfTheComponentAreRegistered() throws Exception {
        Map<String, Boolean> services = new TreeMap<>();
        for (String path : serviceFiles()) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            String folder = path.substring(0, path.length() - name.length());
            services.put(
                    path,
                    context.getCamelContextExtension()
                            .getFactoryFinder(folder)
                            .findClass(name)
                            .isPresent());
        }

        assertThat(services).hasSizeGreaterThan(8).doesNotContainValue(false);
    }

    /** Without the component, which is a bean, and the console, which Camel's extension for it registers. */
    private static List<String> serviceFiles() throws Exception {
        Path component = Path.of(GitpodComponent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (FileSystem jar = Files.isDirectory(component) ? null : FileSystems.newFileSystem(component)) {
            Path root = jar == null ? component : jar.getPath("/");
            try (Stream<Path> files = Files.walk(root.resolve(SERVICES))) {
                return files.map(file -> root.relativize(file).toString())
                        .filter(file -> file.matches(SERVICES + "/[a-z-]+/gitpod.*")
                                && !file.matches(".*/(component|dev-console)/.*"))
                        .toList();
            }
        }
    }

    @Test
    void eventsArrive() {
        await().atMost(ONE_MINUTE).until(() -> simulator.eventStreams().open() > 0);
        simulator.organization().createEnvironment();
        await().atMost(ONE_MINUTE)
                .untilAsserted(() -> assertThat(deliveries.events()).anySatisfy(event -> {
                    assertThat(event.field()).isEqualTo("RESOURCE_TYPE_ENVIRONMENT");
                    assertThat(event.json()).startsWith("{").contains("RESOURCE_TYPE_ENVIRONMENT");
                }));
    }
}
