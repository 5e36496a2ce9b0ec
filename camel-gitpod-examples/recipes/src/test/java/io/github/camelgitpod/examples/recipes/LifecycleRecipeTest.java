package io.github.camelgitpod.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
            await().until(() -> gitpod.eventStreams().open() == 1);
            gitpod.organization().createProject("of no interest");
            first = gitpod.organization().createEnvironment().id();
            gitpod.organization().changePhase(first, "ENVIRONMENT_PHASE_RUNNING");
            gitpod.organization().deleteRunner(runner);

            assertTold(recipe, "CREATE RESOURCE_TYPE_ENVIRONMENT " + first, "DELETE RESOURCE_TYPE_RUNNER " + runner);
        }
        gitpod.organization().deleteEnvironment(first);
        String second = gitpod.organization().createRunner("meanwhile").id();

        try (Recipe recipe = new Recipe("lifecycle", gitpod, directory)) {
            assertTold(recipe, "CREATE RESOURCE_TYPE_RUNNER " + second, "DELETE RESOURCE_TYPE_ENVIRONMENT " + first);
        }
    }

    private static void assertTold(Recipe recipe, String... lines) {
        await().untilAsserted(() -> assertThat(recipe.alerts()).hasSizeGreaterThanOrEqualTo(lines.length));
        assertThat(recipe.alerts())
                .allSatisfy(line -> assertThat(line).startsWith("20"))
                .extracting(line -> line.substring(line.indexOf(' ') + 1))
                .containsExactlyInAnyOrderElementsOf(List.of(lines).stream()
                        .map(line -> "RESOURCE_OPERATION_" + line)
                        .toList());
    }
}
