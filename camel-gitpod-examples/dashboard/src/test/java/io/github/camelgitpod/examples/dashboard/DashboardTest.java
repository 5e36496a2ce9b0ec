package io.github.camelgitpod.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgitpod.simulator.GitpodSimulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the page's server answers, and whom. */
class DashboardTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static GitpodSimulator simulator;
    private static Dashboard dashboard;

    @BeforeAll
    static void start() throws Exception {
        simulator = GitpodSimulator.builder().history(30).start();
        dashboard = Dashboards.start(simulator);
    }

    @AfterAll
    static void stop() {
        dashboard.close();
        simulator.close();
    }

    @Test
    void thePageMayRunNothingButItsOwnFiles() throws Exception {
        HttpResponse<String> page = get("");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self';", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(page.body()).doesNotContain("http:", "https:", "style=", " on");
    }

    @Test
    void onlyThePagesFilesAreServed() throws Exception {
        assertThat(get("main.js").headers().firstValue("Content-Type")).contains("text/javascript;charset=UTF-8");
        for (String path :
                new String[] {"nothing.js", "../application.properties", "%2e%2e/logback.xml", "page/main.js"}) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void otherSitesNamesDoNotLeadToThePageNorToItsFeed() throws Exception {
        for (String path : new String[] {"/", "/feed", "/main.js"}) {
            assertThat(statusLine(path, "rebound.example:" + dashboard.port()))
                    .as(path)
                    .isEqualTo("HTTP/1.1 403 Forbidden");
        }
        assertThat(statusLine("/", "localhost:" + dashboard.port())).isEqualTo("HTTP/1.1 200 OK");
        assertThat(statusLine("/", "[::1]:" + dashboard.port())).isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void theTokenIsNeitherInThePageNorInItsFeed() throws Exception {
        HttpRequest feed =
                HttpRequest.newBuilder(URI.create(dashboard.address() + "feed")).build();
        StringBuilder received = new StringBuilder();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                CLIENT.send(feed, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
            // Something comes each second, so it does not wait for ever.
            while (received.indexOf("\"state\":\"CURRENT\"") < 0 || received.indexOf("event: entry") < 0) {
                received.append(lines.readLine()).append('\n');
            }
        }

        assertThat(received).contains("\"name\":\"127.0.0.1\"").doesNotContain(simulator.accessToken());
        assertThat(get("").body()).doesNotContain(simulator.accessToken());
    }

    @Test
    void aPortThatIsTakenIsToldInOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Dashboards.start(simulator, taken.getLocalPort(), Map.of()))
                    .isInstanceOf(DashboardException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " of 127.0.0.1 is taken");
        }
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(dashboard.address() + path)).build(), BodyHandlers.ofString());
    }

    /** By hand, since a client does not let the host be chosen. */
    private static String statusLine(String path, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), dashboard.port())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
