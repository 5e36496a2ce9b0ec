package io.github.camelgitpod.testing;

import io.github.camelgitpod.simulator.GitpodSimulator;
import java.io.IOException;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** One address with two organizations behind it, each a simulator with a token of its own. For requests, not for streams. */
public final class TwoOrganizations implements AutoCloseable {
    private final GitpodSimulator one = GitpodSimulator.builder().seed(1).start();
    private final GitpodSimulator other = GitpodSimulator.builder().seed(2).start();
    private final Map<String, GitpodSimulator> byToken = Map.of("token-of-one", one, "token-of-other", other);
    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient client = new OkHttpClient();

    public TwoOrganizations() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                try {
                    return forward(request);
                } catch (IOException e) {
                    return new MockResponse.Builder().code(502).build();
                }
            }
        });
        server.start();
    }

    /** Its token is {@code token-of-one}. */
    public GitpodSimulator one() {
        return one;
    }

    /** Its token is {@code token-of-other}. */
    public GitpodSimulator other() {
        return other;
    }

    public String baseUrl() {
        return server.url("/api").toString();
    }

    private MockResponse forward(RecordedRequest request) throws IOException {
        String token = request.getHeaders().get("Authorization").substring("Bearer ".length());
        GitpodSimulator simulator = byToken.get(token);
        String path = request.getUrl().encodedPath();
        Request forwarded = new Request.Builder()
                .url("http://127.0.0.1:" + simulator.port() + path)
                .header("Authorization", "Bearer " + simulator.accessToken())
                .post(RequestBody.create(request.getBody().toByteArray(), MediaType.get("application/json")))
                .build();
        try (Response answer = client.newCall(forwarded).execute()) {
            return new MockResponse.Builder()
                    .code(answer.code())
                    .headers(answer.headers())
                    .body(answer.body().string())
                    .build();
        }
    }

    @Override
    public void close() {
        server.close();
        one.close();
        other.close();
    }
}
