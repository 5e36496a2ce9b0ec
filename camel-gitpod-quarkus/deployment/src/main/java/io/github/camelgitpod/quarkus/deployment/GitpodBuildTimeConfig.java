package io.github.camelgitpod.quarkus.deployment;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the extension can be told at build time; the component's options are Camel's {@code camel.component.gitpod.*}. */
@ConfigMapping(prefix = "quarkus.camel-gitpod")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface GitpodBuildTimeConfig {

    /** Dev Services. */
    DevServices devservices();

    /** The simulated organization that an application without a token gets in dev and test mode. */
    @ConfigGroup
    interface DevServices {

        /** Whether a simulated organization is started in dev and test mode when neither a token nor an address is set. */
        @WithDefault("true")
        boolean enabled();

        /** The port of its API on the loopback interface; 0 for any free one. */
        @WithDefault("0")
        int port();

        /** How many entries its audit log has when it starts. */
        @WithDefault("1000")
        int history();

        /** How many entries it makes in a second, on average; 0 for none. Events come with them. */
        @WithDefault("1")
        double liveRate();
    }
}
