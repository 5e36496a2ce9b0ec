package io.github.camelgitpod.quarkus.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.quarkus.test.QuarkusDevModeTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In dev mode the simulated organization outlives the application's restarts, unless its settings change. */
class DevServicesRestartTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest().withApplicationRoot(jar -> jar.addClasses(
                    Routes.class, Deliveries.class, Deliveries.Delivery.class, DeliveriesOverHttp.class)
            .addAsResource("application.properties"));

    @Test
    void itIsTheSameAfterARestart() {
        await().atMost(ONE_MINUTE)
                .untilAsserted(() -> assertThat(get("entries")).isEqualTo("first 10"));
        String baseUrl = get("base-url");

        APPLICATION.modifySourceFile(DeliveriesOverHttp.class, source -> source.replace("first", "second"));
        await().atMost(ONE_MINUTE)
                .untilAsserted(() -> assertThat(get("entries")).isEqualTo("second 10"));
        assertThat(get("base-url")).isEqualTo(baseUrl);

        APPLICATION.modifyResourceFile("application.properties", text -> text.replace("history = 10", "history = 12"));
        await().atMost(ONE_MINUTE)
                .untilAsserted(() -> assertThat(get("entries")).isEqualTo("second 12"));
    }

    private static String get(String path) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:8080/" + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
