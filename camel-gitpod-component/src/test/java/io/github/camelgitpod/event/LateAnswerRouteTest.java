package io.github.camelgitpod.event;

import static io.github.camelgitpod.testing.RawServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.GitpodTest;
import io.github.camelgitpod.testing.RawServer;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that answers the request for a stream only with the first event. */
@Timeout(60)
class LateAnswerRouteTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    private final CountDownLatch happens = new CountDownLatch(1);
    private final EventRoute route = gitpod.events();

    @Test
    void theFirstEventIsDeliveredAndHealthIsUpBeforeIt() throws Exception {
        try (RawServer server = new RawServer((method, out) -> {
            if (method.equals("WatchEvents")) {
                happens.await();
                send(out, "HTTP/1.1 200 OK\r\n\r\n{\"resourceId\":\"late\"}\n");
            } else {
                send(out, 200, "{}");
            }
        })) {
            route.configuration().setBaseUrl(server.url().toString());
            route.start();
            route.awaitHealth(HealthCheck.State.UP);
            assertThat(route.health().getDetails()).containsKey("gitpod.awaits");

            happens.countDown();

            await().until(() -> !route.bodies().isEmpty());
            assertThat(route.ids()).containsExactly("late");
            assertThat(route.gapReasons()).containsExactly(Optional.empty());
            assertThat(route.health().getDetails()).doesNotContainKey("gitpod.awaits");
            assertThat(server.count("WatchEvents")).isEqualTo(1);
        }
    }
}
