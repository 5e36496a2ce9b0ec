package io.github.camelgitpod.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.GitpodConfiguration;
import io.github.camelgitpod.GitpodEndpoint;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.PropertiesFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What camel-main makes of the component's properties. */
class CamelMainTest {
    private static final String TOKEN = "camel.component.gitpod.access-token";

    @RegisterExtension
    final GitpodSimulatorExtension gitpod =
            new GitpodSimulatorExtension(GitpodSimulator.builder().accessToken("first"));

    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void aSecondComponentHasPropertiesOfItsOwn() {
        main.bind("staging", new GitpodComponent());
        Map.of(
                        TOKEN,
                        "of-gitpod",
                        "camel.component.gitpod.base-url",
                        "https://gitpod.example/api",
                        "camel.component.staging.access-token",
                        "of-staging")
                .forEach(main::addInitialProperty);
        main.start();

        assertThat(options("gitpod").getAccessToken()).isEqualTo("of-gitpod");
        assertThat(options("staging").getAccessToken()).isEqualTo("of-staging");
        assertThat(options("staging").getBaseUrl()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {TOKEN, "camel.component.gitpod.accessToken"})
    void aTokenThatAVaultHasRotatedIsTakenUp(String property) throws Exception {
        AtomicReference<String> secret = new AtomicReference<>("first");
        vault(secret);
        main.addInitialProperty(property, "{{vault:gitpod-token}}");
        assertRotates(() -> secret.set("second"));
    }

    @Test
    void whileTheVaultDoesNotAnswerTheLastTokenCounts() throws Exception {
        AtomicReference<String> secret = new AtomicReference<>("first");
        vault(secret);
        main.addInitialProperty(TOKEN, "{{vault:gitpod-token}}");
        start();
        secret.set(null);

        assertArrives();
    }

    @Test
    void aTokenInARouteIsReadOnce() {
        main.addInitialProperty("my.token", "first");
        main.configure().withAutoStartup(false).addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("gitpod:auditLogs?accessToken={{my.token}}").to("mock:entries");
            }
        });
        main.start();

        assertThat(main.getCamelContext().getEndpoints())
                .filteredOn(GitpodEndpoint.class::isInstance)
                .extracting(endpoint ->
                        ((GitpodEndpoint) endpoint).getConfiguration().getAccessToken())
                .containsExactly("first");
    }

    @Test
    void aTokenInASystemPropertyIsReadOnce() {
        System.setProperty(TOKEN, "{{my.token}}");
        try {
            main.addInitialProperty("my.token", "first");
            main.start();
        } finally {
            System.clearProperty(TOKEN);
        }

        assertThat(options("gitpod").getAccessToken()).isEqualTo("first");
    }

    @Test
    void aPropertyWithANewValueIsTakenUp() throws Exception {
        main.addInitialProperty(TOKEN, "{{my.token}}");
        main.addInitialProperty("my.token", "first");
        assertRotates(() -> {
            Properties changed = new Properties();
            changed.setProperty("my.token", "second");
            main.getCamelContext().getPropertiesComponent().setOverrideProperties(changed);
        });
    }

    private void vault(AtomicReference<String> secret) {
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport support) {
                support.getCamelContext().getPropertiesComponent().addPropertiesFunction(new Vault(secret));
            }
        });
    }

    private void assertRotates(Runnable rotation) throws Exception {
        start();
        rotation.run();
        gitpod.simulator().rotateAccessToken("second");

        assertArrives();
    }

    private void start() {
        GitpodSimulator simulator = gitpod.simulator();
        main.addInitialProperty("camel.component.gitpod.base-url", simulator.baseUrl());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("gitpod:auditLogs?from=beginning&delay=20ms").to("mock:entries");
            }
        });
        main.start();
        await().atMost(ONE_MINUTE).until(() -> simulator.requests().count("ListAuditLogs") > 0);
    }

    private void assertArrives() throws InterruptedException {
        GitpodSimulator simulator = gitpod.simulator();
        Entry entry = simulator.auditLog().add(Entry.at(simulator.now().minusSeconds(1)));
        MockEndpoint entries = main.getCamelContext().getEndpoint("mock:entries", MockEndpoint.class);
        entries.expectedBodiesReceived(entry.json());
        entries.assertIsSatisfied();
    }

    private GitpodConfiguration options(String component) {
        return main.getCamelContext()
                .getComponent(component, GitpodComponent.class)
                .getConfiguration();
    }

    /** Stands for those of Camel, such as {@code {{hashicorp:...}}} and {@code {{aws:...}}}, which are such functions. Null: it does not answer. */
    private record Vault(AtomicReference<String> secret) implements PropertiesFunction {
        @Override
        public String getName() {
            return "vault";
        }

        @Override
        public String apply(String remainder) {
            if (secret.get() == null) {
                throw new RuntimeCamelException("the vault does not answer");
            }
            return secret.get();
        }
    }
}
