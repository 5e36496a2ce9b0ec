package io.github.camelgitpod.quarkus.deployment;

import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** Starts a simulated organization in dev and test mode for an application that names no real one. */
@BuildSteps(onlyIf = {IsDevServicesSupportedByLaunchMode.class, DevServicesConfig.Enabled.class})
final class GitpodDevServicesProcessor {
    private static final Logger LOG = Logger.getLogger(GitpodDevServicesProcessor.class);

    @BuildStep
    void simulator(GitpodBuildTimeConfig config, BuildProducer<DevServicesResultBuildItem> devServices) {
        GitpodBuildTimeConfig.DevServices settings = config.devservices();
        if (!settings.enabled()) {
            LOG.debug("No simulated Gitpod organization: quarkus.camel-gitpod.devservices.enabled is false");
            return;
        }
        NamedOrganization.property(ConfigProvider.getConfig())
                .ifPresentOrElse(
                        property -> {
                            LOG.debugf("No simulated Gitpod organization: %s is set", property);
                            NamedOrganization.advice(property, System.getenv()).ifPresent(LOG::warn);
                        },
                        () -> devServices.produce(simulator(settings.port(), settings.history(), settings.liveRate())));
    }

    private static DevServicesResultBuildItem simulator(int port, int history, double liveRate) {
        return DevServicesResultBuildItem.owned()
                .feature(GitpodProcessor.FEATURE)
                .description("Simulated Gitpod organization")
                // A restart of the application keeps the organization as long as these stay the same.
                .serviceConfig(Map.of("port", port, "history", history, "liveRate", liveRate))
                .startable(() -> new SimulatedOrganization(port, history, liveRate))
                .configProvider(Map.of(
                        "camel.component.gitpod.base-url", SimulatedOrganization::getConnectionInfo,
                        "camel.component.gitpod.access-token", SimulatedOrganization::accessToken))
                .build();
    }
}
