package io.github.camelgitpod.simulator.spring;

import io.github.camelgitpod.simulator.GitpodSimulator;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Does what {@link AutoConfigureGitpodSimulator} says. Found by Spring in {@code META-INF/spring.factories}. */
final class GitpodSimulatorCustomizerFactory implements ContextCustomizerFactory {
    private static final String NAME = "gitpodSimulator";

    @Override
    public ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        return TestContextAnnotationUtils.hasAnnotation(testClass, AutoConfigureGitpodSimulator.class)
                ? new RunSimulator()
                : null;
    }

    /** A record, since Spring compares them to find out whether two tests can share a context. */
    private record RunSimulator() implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
            GitpodSimulator simulator = GitpodSimulator.start();
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(NAME, Map.copyOf(simulator.properties())));
            context.getBeanFactory().registerSingleton(NAME, simulator);
            // The first one to be registered is the last one to be closed: after the routes.
            ((DefaultSingletonBeanRegistry) context.getBeanFactory()).registerDisposableBean(NAME, simulator::close);
        }
    }
}
