package io.github.camelgitpod.quarkus.deployment;

import io.github.camelgitpod.model.AuditLogEntry;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import java.lang.reflect.Modifier;
import java.util.List;
import org.apache.camel.quarkus.core.deployment.spi.CamelServiceBuildItem;
import org.apache.camel.quarkus.core.deployment.util.CamelSupport;
import org.apache.camel.quarkus.core.deployment.util.PathFilter;

/** What a Quarkus application needs of the component when it is built. */
final class GitpodProcessor {
    /** The name in the list of installed features. */
    static final String FEATURE = "camel-gitpod";

    private static final String DATA_TYPES = "META-INF/services/org/apache/camel/transformer/gitpod-*cloudevents*";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    @BuildStep
    ExtensionSslNativeSupportBuildItem tls() {
        return new ExtensionSslNativeSupportBuildItem(FEATURE);
    }

    /**
     * Camel Quarkus leaves out data types with {@code cloudevents} in their names unless its extension for CloudEvents is there.
     * Ours do not need that extension.
     */
    @BuildStep
    List<CamelServiceBuildItem> dataTypes(ApplicationArchivesBuildItem archives) {
        PathFilter ours = new PathFilter.Builder().include(DATA_TYPES).build();
        return CamelSupport.services(archives, ours).toList();
    }

    /**
     * What a route holds in its hands, all public classes of the component's package {@code model}: {@code ${body.action}} in
     * Simple finds their methods by reflection. Nothing else is found that way: options are set by generated configurers,
     * JSON is read without data binding, converters have a generated loader, Camel Quarkus itself registers services.
     */
    @BuildStep
    ReflectiveClassBuildItem bodies(CombinedIndexBuildItem index) {
        String[] bodies = index.getIndex().getClassesInPackage(AuditLogEntry.class.getPackageName()).stream()
                .filter(type -> Modifier.isPublic(type.flags()) && !type.isInterface())
                .map(type -> type.name().toString())
                .toArray(String[]::new);
        return ReflectiveClassBuildItem.builder(bodies)
                .reason("Bodies of the gitpod component, for Simple")
                .methods()
                .build();
    }
}
