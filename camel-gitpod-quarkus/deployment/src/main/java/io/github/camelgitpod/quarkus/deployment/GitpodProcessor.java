package io.github.camelgitpod.quarkus.deployment;

import io.github.camelgitpod.model.JsonBacked;
import io.github.camelgitpod.model.StreamGap;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import java.util.stream.Stream;
import org.jboss.jandex.ClassInfo;

/** What a Quarkus application needs of the component when it is built. */
final class GitpodProcessor {
    /** The name in the list of installed features. */
    static final String FEATURE = "camel-gitpod";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    @BuildStep
    ExtensionSslNativeSupportBuildItem tls() {
        return new ExtensionSslNativeSupportBuildItem(FEATURE);
    }

    /**
     * The bodies, since {@code ${body.action}} in Simple finds their methods by reflection. Nothing else is found that
     * way: options are set by generated configurers, JSON is read without data binding, converters have a generated loader.
     */
    @BuildStep
    ReflectiveClassBuildItem bodies(CombinedIndexBuildItem index) {
        String[] bodies = Stream.concat(
                        index.getIndex().getAllKnownImplementations(JsonBacked.class).stream()
                                .map(ClassInfo::name)
                                .map(Object::toString),
                        Stream.of(StreamGap.class.getName()))
                .toArray(String[]::new);
        return ReflectiveClassBuildItem.builder(bodies)
                .reason("Bodies of the gitpod component, for Simple")
                .methods()
                .build();
    }
}
