package io.github.camelgitpod.simulator;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Runs a simulator for tests. With {@code @RegisterExtension} in a static field: one for all test classes that have the
 * field, also by inheritance and also in parallel, until the end of the test run. In an instance field: one for each
 * test, or one for the class if its tests share an instance ({@code PER_CLASS}). With {@code @ExtendWith}: one for the
 * class. A test takes it as a parameter or from {@link #simulator()}.
 */
public final class GitpodSimulatorExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(GitpodSimulatorExtension.class);

    private final GitpodSimulator.Builder builder;
    private volatile GitpodSimulator simulator;

    /** Runs an empty simulator. */
    public GitpodSimulatorExtension() {
        this(GitpodSimulator.builder());
    }

    /**
     * Runs a simulator with these settings.
     *
     * @param builder its settings; used again for each simulator
     */
    public GitpodSimulatorExtension(GitpodSimulator.Builder builder) {
        this.builder = builder;
    }

    /**
     * The running simulator.
     *
     * @return never null
     * @throws IllegalStateException outside of a test
     */
    public GitpodSimulator simulator() {
        GitpodSimulator running = simulator;
        if (running == null) {
            throw new IllegalStateException("The simulator runs only while a test does");
        }
        return running;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // Classes that share the field may run at once, or one after the other with what the first one kept (a cached
        // Spring context): no class can tell whether it is the last one.
        runUntilTheEndOf(isInStaticFieldOf(context.getRequiredTestClass()) ? context.getRoot() : context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        runUntilTheEndOf(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == GitpodSimulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // Of this context: an extension that JUnit finds by itself is one for all classes.
        Running running = context.getStore(NAMESPACE).get(this, Running.class);
        return running == null ? simulator() : running.started;
    }

    /** Nothing happens if one runs already for what is around it: a store sees those of its parents. */
    private void runUntilTheEndOf(ExtensionContext context) {
        context.getStore(NAMESPACE).getOrComputeIfAbsent(this, any -> new Running(), Running.class);
    }

    private boolean isInStaticFieldOf(Class<?> testClass) {
        return !ReflectionSupport.findFields(testClass, this::isIn, HierarchyTraversalMode.TOP_DOWN)
                .isEmpty();
    }

    private boolean isIn(Field field) {
        try {
            return Modifier.isStatic(field.getModifiers())
                    && field.getType().isAssignableFrom(GitpodSimulatorExtension.class)
                    && field.trySetAccessible()
                    && field.get(null) == this;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("An accessible field is not readable", e);
        }
    }

    /** JUnit closes it with the store; up to 5.12 only if it is the deprecated type, too. */
    @SuppressWarnings("deprecation")
    private final class Running implements AutoCloseable, Store.CloseableResource {

        private final GitpodSimulator started = builder.start();

        private Running() {
            simulator = started;
        }

        @Override
        public void close() {
            simulator = null;
            started.close();
        }
    }
}
