package io.github.camelgitpod.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgitpod.testing.EventRoute;
import io.github.camelgitpod.testing.GitpodTest;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An HTTP client of the user's whose interceptor reads whole bodies, which a stream has not. */
@Timeout(60)
class KeptAnswersTest {
    @RegisterExtension
    final GitpodTest gitpod = new GitpodTest();

    /** As OkHttp's HttpLoggingInterceptor at level BODY. */
    private static final class WholeBodies implements Interceptor {
        @Override
        public Response intercept(Chain chain) throws IOException {
            Response response = chain.proceed(chain.request());
            response.body().source().request(Long.MAX_VALUE);
            return response;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isToldByHealthAndLogInsteadOfWaitingForEver(boolean ofTheNetwork) throws Exception {
        EventRoute route = gitpod.events();
        OkHttpClient.Builder client = new OkHttpClient.Builder();
        route.configuration()
                .setHttpClient((ofTheNetwork
                                ? client.addNetworkInterceptor(new WholeBodies())
                                : client.addInterceptor(new WholeBodies()))
                        .build());

        route.start("requestTimeout=300ms");

        route.awaitHealth(HealthCheck.State.DOWN);
        await().until(() -> gitpod.simulator().requests().count("WatchEvents") >= 2);
        assertThat(route.health().getMessage().orElseThrow())
                .contains("httpClient", WholeBodies.class.getName(), "level BODY", "300ms");
        assertThat(route.consumer().getConnects()).as("never open").isZero();
        assertThat(gitpod.logs().warnings()).singleElement().asString().contains("httpClient", "level BODY");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isToldAlsoWhereTheAnswerComesWithTheFirstEvent(boolean ofTheNetwork) throws Exception {
        gitpod.simulator().eventStreams().lateHeaders(true);
        EventRoute route = gitpod.events();
        OkHttpClient.Builder client = new OkHttpClient.Builder();
        route.configuration()
                .setHttpClient((ofTheNetwork
                                ? client.addNetworkInterceptor(new WholeBodies())
                                : client.addInterceptor(new WholeBodies()))
                        .build());
        route.start("requestTimeout=300ms");
        route.awaitHealth(HealthCheck.State.UP);

        gitpod.simulator().eventStreams().publish(EventRoute.CREATE, EventRoute.ENVIRONMENT, "a");

        await().until(() -> gitpod.logs().warnings().stream().anyMatch(line -> line.contains("level BODY")));
    }
}
