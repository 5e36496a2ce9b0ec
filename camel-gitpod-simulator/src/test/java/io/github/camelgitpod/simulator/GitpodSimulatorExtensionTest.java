package io.github.camelgitpod.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

class GitpodSimulatorExtensionTest {

    private static final Set<GitpodSimulator> SHARED_SEEN = new HashSet<>();
    private static final Set<GitpodSimulator> OWN_SEEN = new HashSet<>();
    private static final Set<GitpodSimulator> PER_CLASS_SEEN = new HashSet<>();

    @RegisterExtension
    static final GitpodSimulatorExtension SHARED = new GitpodSimulatorExtension();

    @Test
    void givesTheSimulatorToATest(GitpodSimulator simulator) {
        assertThat(simulator).isSameAs(SHARED.simulator());
    }

    @RepeatedTest(2)
    void aStaticFieldIsOneForTheClass() {
        SHARED_SEEN.add(SHARED.simulator());
        assertThat(SHARED_SEEN).hasSize(1);
    }

    @Test
    void runsOnlyAroundTests() {
        assertThatIllegalStateException().isThrownBy(new GitpodSimulatorExtension()::simulator);
    }

    @Nested
    class InAnInstanceField {

        @RegisterExtension
        final GitpodSimulatorExtension own = new GitpodSimulatorExtension();

        @RepeatedTest(2)
        void isOneForEachTestBesideTheOneOfTheOuterClass(RepetitionInfo repetition) {
            SHARED_SEEN.add(SHARED.simulator());
            assertThat(SHARED_SEEN).hasSize(1).doesNotContain(own.simulator());
            OWN_SEEN.add(own.simulator());
            assertThat(OWN_SEEN).hasSize(repetition.getCurrentRepetition());
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class InAnInstanceFieldOfTestsThatShareAnInstance {

        @RegisterExtension
        final GitpodSimulatorExtension own = new GitpodSimulatorExtension();

        @RepeatedTest(2)
        void isOneForTheClass() {
            PER_CLASS_SEEN.add(own.simulator());
            assertThat(PER_CLASS_SEEN).hasSize(1);
        }
    }
}
