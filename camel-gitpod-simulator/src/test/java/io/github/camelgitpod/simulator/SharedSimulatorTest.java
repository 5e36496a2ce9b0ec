package io.github.camelgitpod.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The extension in a base class: its test classes run through JUnit's launcher, in parallel and one after the other. */
class SharedSimulatorTest {

    private static final Set<GitpodSimulator> SEEN = ConcurrentHashMap.newKeySet();
    private static final Set<GitpodSimulator> SEEN_BY_OTHERS = ConcurrentHashMap.newKeySet();

    abstract static class Base {

        @RegisterExtension
        static final GitpodSimulatorExtension GITPOD = new GitpodSimulatorExtension();

        @RepeatedTest(3)
        void answers(GitpodSimulator parameter) {
            SEEN.add(GITPOD.simulator());
            SEEN.add(parameter);
            assertThat(new SimulatorClient(GITPOD.simulator())
                            .post("ListAuditLogs", "{}")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    static class A extends Base {}

    static class B extends Base {}

    static class C extends Base {}

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class D extends Base {}

    static class E extends Base {}

    static class F extends Base {}

    @ExtendWith(GitpodSimulatorExtension.class)
    abstract static class Declared {

        @RepeatedTest(3)
        void answers(GitpodSimulator parameter) {
            SEEN_BY_OTHERS.add(parameter);
            assertThat(new SimulatorClient(parameter)
                            .post("ListAuditLogs", "{}")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    static class G extends Declared {}

    static class H extends Declared {}

    @BeforeEach
    void forget() {
        SEEN.clear();
        SEEN_BY_OTHERS.clear();
    }

    @RepeatedTest(3)
    void parallelClassesOfOneBaseShareOneThatEndsWithTheRun() throws IOException {
        assertPasses(run(true, A.class, B.class, C.class, D.class, E.class, F.class), 18);
        assertThat(SEEN).hasSize(1);
        assertEnded(SEEN);
    }

    @Test
    void soDoClassesThatRunOneAfterTheOther() throws IOException {
        assertPasses(run(false, A.class, B.class), 6);
        assertThat(SEEN).hasSize(1);
        assertEnded(SEEN);
        assertPasses(run(false, A.class), 3);
        assertThat(SEEN).hasSize(2);
    }

    @Test
    void aDeclaredOneIsOneForEachClass() throws IOException {
        assertPasses(run(true, G.class, H.class), 6);
        assertThat(SEEN_BY_OTHERS).hasSize(2);
        assertEnded(SEEN_BY_OTHERS);
    }

    private static TestExecutionSummary run(boolean parallel, Class<?>... classes) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Stream.of(classes).map(type -> selectClass(type)).toList())
                .configurationParameter("junit.jupiter.execution.parallel.enabled", Boolean.toString(parallel))
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "6")
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, summary);
        return summary.getSummary();
    }

    private static void assertPasses(TestExecutionSummary summary, int tests) {
        List<Throwable> failures = summary.getFailures().stream()
                .map(TestExecutionSummary.Failure::getException)
                .toList();
        assertThat(failures).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isEqualTo(tests);
    }

    private static void assertEnded(Set<GitpodSimulator> simulators) throws IOException {
        for (GitpodSimulator simulator : simulators) {
            assertThat(isOpen(simulator.port())).isFalse();
        }
    }

    private static boolean isOpen(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (java.net.ConnectException refused) {
            return false;
        }
    }
}
