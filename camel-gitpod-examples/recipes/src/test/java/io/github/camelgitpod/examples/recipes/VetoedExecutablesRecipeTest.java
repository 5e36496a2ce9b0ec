package io.github.camelgitpod.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class VetoedExecutablesRecipeTest {
    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    @TempDir
    Path directory;

    private final List<String> expected = new ArrayList<>();

    /** The details say it before the kind, the kind before the text; of the text only its documented beginning counts. */
    @Test
    void stoppedOrOnlyWatched() throws Exception {
        veto("BLOCKED", "ENVIRONMENT_VETO", "Veto Exec blocked: /usr/bin/nc (sha256:1)", null);
        veto("WATCHED", "ENVIRONMENT_VETO", "Veto Exec audited: /usr/bin/nc (sha256:1)", null);
        veto("BLOCKED", "ENVIRONMENT_VETO", "Veto Exec blocked", null);
        veto("WATCHED", "ENVIRONMENT_VETO", "Veto Exec blocked: /usr/bin/nc", "AUDIT");
        veto("BLOCKED", "ENVIRONMENT_VETO", "Veto Exec audited: /usr/bin/nc", "BLOCK");
        veto("BLOCKED", "ENVIRONMENT_VETO", "Veto Exec blocked: /usr/bin/nc", "UNSPECIFIED");
        veto("BLOCKED", "AGENT_SECURITY_EXEC_BLOCKED", "Veto Exec audited: /usr/bin/nc", null);
        veto("WATCHED", "AGENT_SECURITY_EXEC_AUDITED", "Veto Exec blocked: /usr/bin/nc", null);
        add("RESOURCE_CHANGE", "Veto Exec blocked: /usr/bin/nc", null);
        veto("UNKNOWN", "ENVIRONMENT_VETO", "A program was stopped: Veto Exec blocked", null);
        add("CREDENTIAL_ACCESS", "Veto Exec blocked: /usr/bin/nc", null);

        try (Recipe recipe = new Recipe("vetoed-executables", extension.simulator(), directory)) {
            assertThat(recipe.readToTheEnd().alerts()).containsExactlyElementsOf(expected);
        }
    }

    private void veto(String outcome, String kind, String action, String details) {
        Entry entry = add(kind, action, details);
        expected.add(outcome + " " + entry.createdAt() + " " + action + " in RESOURCE_TYPE_ENVIRONMENT "
                + entry.subjectId());
    }

    private Entry add(String kind, String action, String details) {
        GitpodSimulator gitpod = extension.simulator();
        Entry entry = Entry.at(gitpod.now()
                        .minusSeconds(60)
                        .plusMillis(gitpod.auditLog().size()))
                .withAction(action)
                .withKind("AUDIT_LOG_ENTRY_KIND_" + kind);
        if (details != null) {
            gitpod.auditLog()
                    .details(entry.id(), "{\"vetoExec\":{\"action\":\"KERNEL_CONTROLS_ACTION_" + details + "\"}}");
        }
        return gitpod.auditLog().add(entry);
    }
}
