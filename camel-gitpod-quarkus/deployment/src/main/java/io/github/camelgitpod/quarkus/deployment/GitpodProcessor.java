package io.github.camelgitpod.quarkus.deployment;

import io.github.camelgitpod.GitpodComponent;
import io.github.camelgitpod.model.AuditLogEntry;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import java.util.List;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.quarkus.core.deployment.spi.CamelServiceBuildItem;
import org.apache.camel.quarkus.core.deployment.util.CamelSupport;
import org.apache.camel.quarkus.core.deployment.util.PathFilter;

/** What a Quarkus application needs of the component when it is built. */
final class GitpodProcessor {
    /** The name in the list of installed features. */
    static final String FEATURE = "camel-gitpod";

    /** Those that Camel Quarkus itself does not look for. */
    private static final List<String> SERVICES = List.of(
            // Left out unless its extension for CloudEvents is there, which ours do not need.
            "META-INF/services/org/apache/camel/transformer/gitpod-*cloudevents*",
            // Without it, what cannot be polled is refused by the first exchange, not by the start.
            "META-INF/services/org/apache/camel/poll-dynamic/gitpod");

    private static final String COMPONENT = GitpodComponent.class.getPackageName() + ".";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    @BuildStep
    ExtensionSslNativeSupportBuildItem tls() {
        return new ExtensionSslNativeSupportBuildItem(FEATURE);
    }

    @BuildStep
    List<CamelServiceBuildItem> services(ApplicationArchivesBuildItem archives) {
        PathFilter ours = new PathFilter.Builder().include(SERVICES).build();
        return CamelSupport.services(archives, ours).toList();
    }

    /**
     * What a route holds in its hands, all classes of the component's package {@code model}: {@code ${body.action}} in
     * Simple finds their methods by reflection, and some stores serialize them. Little else is found that way: options are set
     * by generated configurers, JSON is read without data binding, converters have a generated loader. A rule in the component's
     * {@code ArchitectureTest} keeps it so.
     */
    @BuildStep
    ReflectiveClassBuildItem bodies(CombinedIndexBuildItem index) {
        String[] bodies = index.getIndex().getClassesInPackage(AuditLogEntry.class.getPackageName()).stream()
                .filter(type -> !type.isInterface())
                .map(type -> type.name().toString())
                .toArray(String[]::new);
        return ReflectiveClassBuildItem.builder(bodies)
                .reason("Bodies of the gitpod component, for Simple and stores")
                .methods()
                .serialization()
                .build();
    }

    /** The consumers, whose figures JMX and the developer console find by their annotations. */
    @BuildStep
    ReflectiveClassBuildItem figures(CombinedIndexBuildItem index) {
        String[] consumers = index.getIndex().getAnnotations(ManagedAttribute.class).stream()
                .map(figure ->
                        figure.target().asMethod().declaringClass().name().toString())
                .filter(name -> name.startsWith(COMPONENT))
                .distinct()
                .toArray(String[]::new);
        return ReflectiveClassBuildItem.builder(consumers)
                .reason("Figures of the gitpod component's consumers, for JMX and the developer console")
                .methods()
                .build();
    }
}
