package io.github.camelgitpod.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.auditlog.AuditLogMonitoring;
import io.github.camelgitpod.consumer.ShownHealth;
import io.github.camelgitpod.event.EventMonitoring;
import io.github.camelgitpod.model.AuditLogBatch;
import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.AuditLogListing;
import io.github.camelgitpod.model.ClosedGap;
import io.github.camelgitpod.model.GitpodEvent;
import io.github.camelgitpod.model.GitpodEventBatch;
import io.github.camelgitpod.model.JsonText;
import io.github.camelgitpod.model.StreamGap;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.jboss.jandex.Index;
import org.jboss.jandex.IndexReader;
import org.junit.jupiter.api.Test;

class GitpodProcessorTest {
    /** As the component's jar has it, and Quarkus reads it. */
    private static final CombinedIndexBuildItem INDEX = index();

    private final GitpodProcessor processor = new GitpodProcessor();

    @Test
    void theMethodsOfEachBodyCanBeFoundInANativeImage() {
        ReflectiveClassBuildItem bodies = processor.bodies(INDEX);

        assertThat(bodies.isMethods()).isTrue();
        assertThat(bodies.getClassNames())
                .contains(Stream.of(
                                AuditLogEntry.class,
                                AuditLogBatch.class,
                                AuditLogListing.class,
                                GitpodEvent.class,
                                GitpodEventBatch.class,
                                StreamGap.class,
                                ClosedGap.class)
                        .map(Class::getName)
                        .toArray(String[]::new))
                .allMatch(name -> name.startsWith("io.github.camelgitpod.model."));
    }

    @Test
    void eachBodyAndWhatStandsForItCanBeSerializedInANativeImage() {
        ReflectiveClassBuildItem bodies = processor.bodies(INDEX);

        assertThat(bodies.isSerialization()).isTrue();
        assertThat(bodies.getClassNames())
                .contains(AuditLogBatch.class.getName() + "$Serialized", JsonText.class.getName() + "$Serialized");
    }

    @Test
    void theFiguresOfBothConsumersCanBeFoundInANativeImage() {
        ReflectiveClassBuildItem figures = processor.figures(INDEX);

        assertThat(figures.isMethods()).isTrue();
        assertThat(figures.getClassNames())
                .containsExactlyInAnyOrder(
                        ShownHealth.class.getName(),
                        AuditLogMonitoring.class.getName(),
                        EventMonitoring.class.getName());
    }

    private static CombinedIndexBuildItem index() {
        try (InputStream jandex = GitpodComponent.class.getResourceAsStream("/META-INF/jandex.idx")) {
            Index index = new IndexReader(jandex).read();
            return new CombinedIndexBuildItem(index, index);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
