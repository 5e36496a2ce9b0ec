package io.github.camelgitpod.quarkus.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The consumers' figures are in the registry that Quarkus has. */
@QuarkusTest
@WithTestResource(SimulatorResource.class)
class QuarkusMetersTest {
    @Inject
    MeterRegistry registry;

    @Test
    void bothConsumersHaveMeters() {
        ((CompositeMeterRegistry) registry).add(new SimpleMeterRegistry());

        await().atMost(ONE_MINUTE).untilAsserted(() -> {
            assertThat(registry.find("gitpod.auditlog.lag").timeGauge()).isNotNull();
            assertThat(registry.find("gitpod.events.streams.open").gauge())
                    .isNotNull()
                    .satisfies(open -> assertThat(open.value()).isEqualTo(1));
        });
    }
}
