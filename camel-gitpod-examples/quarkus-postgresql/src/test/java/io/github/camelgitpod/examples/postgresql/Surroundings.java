package io.github.camelgitpod.examples.postgresql;

import io.github.camelgitpod.simulator.GitpodSimulator;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** A simulated organization and a PostgreSQL server, both real to the application; tests have them in fields. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {
    private GitpodSimulator simulator;
    private EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
        simulator = GitpodSimulator.builder().history(250).start();
        try {
            postgres = EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "camel.component.gitpod.base-url", simulator.baseUrl(),
                "camel.component.gitpod.access-token", simulator.accessToken(),
                "quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres"));
    }

    @Override
    public void inject(TestInjector tests) {
        tests.injectIntoFields(simulator, new TestInjector.MatchesType(GitpodSimulator.class));
    }

    @Override
    public void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            simulator.close();
        }
    }
}
