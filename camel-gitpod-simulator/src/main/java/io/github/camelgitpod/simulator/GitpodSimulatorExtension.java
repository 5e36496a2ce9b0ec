package io.github.camelgitpod.simulator;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs a simulator around tests: in a static field with {@code @RegisterExtension} one for the class, in an instance
 * field one for each test, or one for the class if its tests share an instance ({@code PER_CLASS}). A test takes it as a parameter or from {@link #simulator()}.
 */
public final class GitpodSimulatorExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

    private final GitpodSimulator.Builder builder;
    private GitpodSimulator simulator;
    // Nested classes inherit a static field, and begin and end it once more.
    private int classes;

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
        if (simulator == null) {
            throw new IllegalStateException("The simulator runs only while a test does");
        }
        return simulator;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (classes++ == 0) {
            simulator = builder.start();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (classes == 0) {
            simulator = builder.start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (classes == 0) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--classes == 0) {
            stop();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == GitpodSimulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return simulator();
    }

    private void stop() {
        if (simulator != null) {
            simulator.close();
            simulator = null;
        }
    }
}
