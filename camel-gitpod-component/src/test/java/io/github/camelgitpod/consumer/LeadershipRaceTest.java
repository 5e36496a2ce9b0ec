package io.github.camelgitpod.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.testing.Election;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.master.MasterComponent;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.service.BaseService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Camel's {@code master:} can start the consumer that it has just stopped once more, forget it, and make another one for the same route:
 * the newest one delivers, and no other is left.
 */
@Tag("camel-master")
@Timeout(60)
class LeadershipRaceTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final Election election = new Election();
    private final Election.Machine machine = election.machine();
    private final DefaultCamelContext context = gitpod.context();
    private final SlowShutdown shutdown = new SlowShutdown();
    private final AtomicInteger delivered = new AtomicInteger();

    @BeforeEach
    void join() throws Exception {
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        checks.register(checks.resolveById("consumers"));
        MasterComponent master = context.getComponent("master", MasterComponent.class);
        // For 5 seconds after it was told that it leads, master: tries so often to start its consumer.
        master.setBackOffDelay(20);
        master.setBackOffMaxAttempts(10_000);
        context.addService(machine);
        context.addLifecycleStrategy(shutdown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auditLogs?from=beginning&delay=20ms&initialDelay=0&", "events?"})
    void theNewestConsumerOfARouteDeliversAndTheForgottenOneIsStopped(String resource) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("master:audit:gitpod:" + resource + gitpod.state() + "&stateKey=led")
                        .routeId("led")
                        .process(exchange -> delivered.incrementAndGet());
            }
        });
        context.start();
        election.lead(machine);
        awaitCurrent();
        DefaultConsumer forgotten = running();

        CompletableFuture<Void> lost = CompletableFuture.runAsync(() -> election.lead(null));
        shutdown.begun.await();
        await().until(LeadershipRaceTest::masterStartsTheConsumerThatIsShutDown);
        shutdown.goOn.countDown();
        lost.join();
        election.lead(machine);

        await().untilAsserted(() -> {
            assertThat(forgotten.isStopped()).isTrue();
            assertThat(running()).isNotSameAs(forgotten);
        });
        awaitCurrent();
        gitpod.entries(1);
        await().until(() -> {
            gitpod.simulator().eventStreams().publish("RESOURCE_OPERATION_CREATE", "RESOURCE_TYPE_ENVIRONMENT", "one");
            return delivered.get() > 0;
        });
    }

    private void awaitCurrent() {
        await().untilAsserted(() -> assertThat(HealthCheckHelper.invokeReadiness(context))
                .filteredOn(result -> result.getCheck().getId().equals("consumer:led"))
                .singleElement()
                .satisfies(result -> assertThat(result.getDetails()).containsEntry("gitpod.state", "CURRENT")));
    }

    private DefaultConsumer running() {
        return RunningConsumers.of(context).behind(context.getRoute("led")).orElse(null);
    }

    /** It waits until the shutdown is over. */
    private static boolean masterStartsTheConsumerThatIsShutDown() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().contains("Leadership"))
                .filter(thread -> thread.getKey().getState() == Thread.State.WAITING)
                .flatMap(thread -> Stream.of(thread.getValue()))
                .anyMatch(frame -> frame.getMethodName().equals("start")
                        && frame.getClassName().equals(BaseService.class.getName()));
    }

    /** Holds up the first shutdown of a consumer as long as the test wants. */
    private static final class SlowShutdown extends LifecycleStrategySupport {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void onServiceRemove(CamelContext context, Service service, Route route) {
            if (service instanceof BaseService consumer && consumer.isShutdown()) {
                begun.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
