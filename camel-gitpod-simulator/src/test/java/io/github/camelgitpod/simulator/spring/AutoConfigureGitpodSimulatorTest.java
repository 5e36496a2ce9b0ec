package io.github.camelgitpod.simulator.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.camelgitpod.simulator.GitpodSimulator;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestContextManager;

class AutoConfigureGitpodSimulatorTest {

    @Test
    void theSimulatorIsABeanWhoseAddressAndTokenThePropertiesHold() throws Exception {
        ConfigurableApplicationContext context = contextOf(Annotated.class);
        try (context) {
            GitpodSimulator simulator = context.getBean(GitpodSimulator.class);

            assertThat(context.getEnvironment().getProperty("camel.component.gitpod.base-url"))
                    .isEqualTo(simulator.baseUrl());
            assertThat(context.getEnvironment().getProperty("camel.component.gitpod.access-token"))
                    .isEqualTo(simulator.accessToken());
        }
    }

    @Test
    void itRunsAsLongAsTheContext() throws Exception {
        ConfigurableApplicationContext context = contextOf(Annotated.class);
        int port = context.getBean(GitpodSimulator.class).port();
        connect(port);

        context.close();

        assertThatIOException().isThrownBy(() -> connect(port));
    }

    @Test
    void aTestWithoutTheAnnotationHasNone() throws Exception {
        try (ConfigurableApplicationContext context = contextOf(Plain.class)) {
            assertThat(context.getBeansOfType(GitpodSimulator.class)).isEmpty();
        }
    }

    private static ConfigurableApplicationContext contextOf(Class<?> testClass) throws Exception {
        TestContextManager manager = new TestContextManager(testClass);
        manager.getTestContext().markApplicationContextDirty(null);
        return (ConfigurableApplicationContext) manager.getTestContext().getApplicationContext();
    }

    private static void connect(int port) throws IOException {
        new Socket("127.0.0.1", port).close();
    }

    @AutoConfigureGitpodSimulator
    @ContextConfiguration(classes = Empty.class)
    static class Annotated {}

    @ContextConfiguration(classes = Empty.class)
    static class Plain {}

    static class Empty {}
}
