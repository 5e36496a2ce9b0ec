package io.github.camelgitpod.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LifecycleRecipeTest {
    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    @TempDir
    Path directory;

    @Test
    void whatComesAndGoesAlsoWhileNobodyWatches() throws Exception {
        GitpodSimulator gitpod = extension.simulator();
        String runner = gitpod.organization().createRunner("before").id();
        String first;
        try (Recipe recipe = new Recipe("lifecycle", gitpod, directory)) {
            await().atMost(ONE_MINUTE).until(() -> gitpod.eventStreams().open() == 1);
            gitpod.organization().createProject("of no interest");
            first = gitpod.organization().createEnvironment().id();
            gitpod.organization().changePhase(first, "ENVIRONMENT_PHASE_RUNNING");
            gitpod.organization().deleteRunner(runner);

            await().atMost(ONE_MINUTE).untilAsserted(() -> assertThat(told(recipe))
                    .containsExactly(
                            "CREATE RESOURCE_TYPE_ENVIRONMENT " + first, "DELETE RESOURCE_TYPE_RUNNER " + runner));
        }
        gitpod.organization().deleteEnvironment(first);
        String second = gitpod.organization().createRunner("meanwhile").id();

        try (Recipe recipe = new Recipe("lifecycle", gitpod, directory)) {
            String[] meanwhile = {"CREATE RESOURCE_TYPE_RUNNER " + second, "DELETE RESOURCE_TYPE_ENVIRONMENT " + first};
            await().atMost(ONE_MINUTE)
                    .untilAsserted(() -> assertThat(told(recipe)).contains(meanwhile));
            // What was told shortly before the stop can be told again.
            assertThat(told(recipe)).isSubsetOf(meanwhile[0], meanwhile[1], "DELETE RESOURCE_TYPE_RUNNER " + runner);
        }
    }

    /** Without the time, with which each line begins. */
    private static List<String> told(Recipe recipe) {
        return recipe.alerts().stream()
                .map(line -> line.replaceFirst("^20\\S+Z RESOURCE_OPERATION_", ""))
                .toList();
    }
}
