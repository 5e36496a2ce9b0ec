package io.github.camelgitpod.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.GitpodConstants;
import io.github.camelgitpod.model.AuditLogBatch;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.JsonBacked;
import io.github.camelgitpod.model.StreamGap;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import java.io.IOException;
import java.util.stream.Stream;
import org.jboss.jandex.Index;
import org.jboss.jandex.IndexView;
import org.junit.jupiter.api.Test;

class GitpodProcessorTest {
    /** What the documentation names as bodies. */
    private static final Class<?>[] BODIES = {
        AuditLogEntry.class, AuditLogBatch.class, GitpodEvent.class, StreamGap.class, ClosedGap.class
    };

    @Test
    void theMethodsOfEachBodyCanBeFoundInANativeImage() throws IOException {
        ReflectiveClassBuildItem registered = registered(Index.of(BODIES));

        assertThat(registered.getClassNames())
                .containsExactlyInAnyOrder(Stream.of(BODIES).map(Class::getName).toArray(String[]::new));
        assertThat(registered.isMethods()).isTrue();
    }

    @Test
    void nothingElseIsRegistered() throws IOException {
        assertThat(registered(Index.of(GitpodConstants.class, JsonBacked.class)).getClassNames())
                .isEmpty();
    }

    private static ReflectiveClassBuildItem registered(IndexView index) {
        return new GitpodProcessor().bodies(new CombinedIndexBuildItem(index, index));
    }
}
