package io.github.camelgitpod.quarkus.it;

import io.github.camelgitpod.simulator.GitpodSimulator;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Runs a simulator around the tests, which have it in a field. */
public class SimulatorResource implements QuarkusTestResourceLifecycleManager {
    private GitpodSimulator simulator;

    @Override
    public Map<String, String> start() {
        simulator = GitpodSimulator.start();
        return Map.of(
                "camel.component.gitpod.base-url", simulator.baseUrl(),
                "camel.component.gitpod.access-token", "{{my.token}}",
                "my.token", simulator.accessToken());
    }

    @Override
    public void inject(TestInjector tests) {
        tests.injectIntoFields(simulator, new TestInjector.MatchesType(GitpodSimulator.class));
    }

    @Override
    public void stop() {
        simulator.close();
    }
}
