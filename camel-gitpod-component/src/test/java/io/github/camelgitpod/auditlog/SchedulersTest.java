package io.github.camelgitpod.auditlog;

import static io.github.camelgitpod.testing.GitpodTest.HOUR_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.testing.AuditLogRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.spi.ScheduledPollConsumerScheduler;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When everything before {@code to} is delivered nothing is asked any more, and a reset makes it begin again, whatever the scheduler. */
class SchedulersTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    @ParameterizedTest
    @ValueSource(strings = {"", "&scheduler=#once"})
    void aResetBeginsAgainAfterTheEnd(String scheduler) throws Exception {
        List<String> ids = gitpod.entries(10);
        AuditLogRoute route = gitpod.auditLogs("from=beginning&lookback=1s&sendEmptyMessageWhenIdle=true&to="
                        + HOUR_AGO.plusSeconds(5) + scheduler)
                .bind("once", new StartsOnce());
        route.start().delivered(5);
        await().until(() -> said("has delivered everything before") == 1);
        long asked = gitpod.simulator().requests().count("ListAuditLogs");
        int exchanges = route.exchanges().size();

        for (int reset = 1; reset <= 2; reset++) {
            route.consumer().resetCursor("beginning");

            route.delivered(exchanges + 5 * reset);
            int times = 1 + reset;
            await().until(() -> said("has delivered everything before") == times);
        }

        assertThat(route.ids().subList(exchanges, exchanges + 10))
                .containsExactlyElementsOf(List.of(0, 1, 2, 3, 4, 0, 1, 2, 3, 4).stream()
                        .map(ids::get)
                        .toList());
        assertThat(gitpod.simulator().requests().count("ListAuditLogs")).isGreaterThan(asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&scheduler=#once"})
    void nothingIsAskedAndNoEmptyMessageComesAfterTheEnd(String scheduler) throws Exception {
        gitpod.entries(10);
        AuditLogRoute route = gitpod.auditLogs("from=beginning&lookback=1s&sendEmptyMessageWhenIdle=true&to="
                        + HOUR_AGO.plusSeconds(5) + scheduler)
                .bind("once", new StartsOnce());
        route.start().delivered(5);
        await().until(() -> said("has delivered everything before") == 1);
        long asked = gitpod.simulator().requests().all().size();
        int exchanges = route.exchanges().size();

        route.polled().polled();

        assertThat(gitpod.simulator().requests().all()).hasSize((int) asked);
        assertThat(route.exchanges()).hasSize(exchanges);
    }

    private long said(String text) {
        return gitpod.logs().messages().stream()
                .filter(line -> line.contains(text))
                .count();
    }

    /** As those of Quartz and Spring: it schedules when it is started as a service, and what was unscheduled stays so. */
    private static final class StartsOnce extends ServiceSupport implements ScheduledPollConsumerScheduler {
        private ScheduledExecutorService threads;
        private ScheduledFuture<?> future;
        private Runnable task;
        private CamelContext context;

        @Override
        public void onInit(Consumer consumer) {
            // It needs nothing of it.
        }

        @Override
        public void scheduleTask(Runnable runnable) {
            task = runnable;
        }

        @Override
        public void unscheduleTask() {
            future.cancel(false);
        }

        @Override
        public void startScheduler() {
            // It is started.
        }

        @Override
        public boolean isSchedulerStarted() {
            return true;
        }

        @Override
        protected void doStart() {
            threads = Executors.newSingleThreadScheduledExecutor();
            future = threads.scheduleWithFixedDelay(task, 20, 20, TimeUnit.MILLISECONDS);
        }

        @Override
        protected void doStop() {
            threads.shutdownNow();
        }

        @Override
        public CamelContext getCamelContext() {
            return context;
        }

        @Override
        public void setCamelContext(CamelContext camelContext) {
            context = camelContext;
        }
    }
}
