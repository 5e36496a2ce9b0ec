package io.github.camelgitpod.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedTest {
    private static final int KEPT = 100;

    private static Vertx vertx;

    private final Feed feed = new Feed(KEPT);
    private HttpServer server;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @BeforeEach
    void start() throws Exception {
        Router router = Router.router(vertx);
        router.get("/feed").handler(feed::open);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    @AfterEach
    void stop() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void aPageThatIsOpenedGetsWhatIsKeptAndWhatComes() throws IOException {
        publish(0, 120);

        try (Page page = new Page(null)) {
            assertThat(page.next("data")).isEqualTo("{\"again\":false}");
            assertThat(page.take(KEPT)).startsWith("20").endsWith("119");
            publish(120, 121);
            assertThat(page.take(1)).containsExactly("120");
        }
    }

    @Test
    void aPageThatComesBackGoesOnWhereItWas() throws IOException {
        publish(0, 5);
        String last;
        try (Page page = new Page(null)) {
            page.next("data");
            page.take(2);
            last = page.lastId;
        }
        publish(5, 6);

        try (Page page = new Page(last)) {
            assertThat(page.next("data")).isEqualTo("{\"again\":true}");
            assertThat(page.take(4)).containsExactly("2", "3", "4", "5");
        }
    }

    @Test
    void aPageBeginsAnewAfterAnotherRunOrSoLateThatSomethingIsMissing() throws IOException {
        publish(0, 1);
        String old;
        try (Page page = new Page(null)) {
            page.next("data");
            page.take(1);
            old = page.lastId;
        }
        publish(1, 200);

        for (String last : List.of(old, "another-199", old.replaceFirst("\\d+$", "4000"), "rubbish")) {
            try (Page page = new Page(last)) {
                assertThat(page.next("data")).as(last).isEqualTo("{\"again\":false}");
                assertThat(page.take(1)).containsExactly("100");
            }
        }
    }

    @Test
    void ofHowThingsAreOnlyTheNewestIsSent() throws IOException {
        feed.status("1");
        feed.status("2");

        try (Page page = new Page(null)) {
            page.next("data");
            assertThat(page.next("data")).isEqualTo("2");
        }
    }

    @Test
    void aBrowserThatDoesNotReadIsDroppedAndHoldsNobodyUp() throws IOException {
        String large = "\"" + "x".repeat(40_000) + "\"";
        try (Socket slow = new Socket();
                Page quick = new Page(null)) {
            slow.setReceiveBufferSize(1024);
            slow.connect(new InetSocketAddress("127.0.0.1", server.actualPort()));
            slow.getOutputStream()
                    .write("GET /feed HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            await().atMost(ONE_MINUTE).until(() -> feed.pages() == 2);
            quick.next("data");

            // More than the sockets hold and the feed keeps.
            for (int i = 0; i < 3 * KEPT; i++) {
                feed.publish("entry", large);
                quick.take(1);
            }

            await().atMost(Duration.ofSeconds(20)).until(() -> feed.pages() == 1);
            feed.publish("entry", "7");
            assertThat(quick.take(1)).containsExactly("7");
            slow.setSoTimeout(10_000);
            assertThat(slow.getInputStream().readAllBytes())
                    .as("ends before the last message")
                    .hasSizeLessThan(2 * KEPT * large.length());
        }
        await().atMost(ONE_MINUTE).until(() -> feed.pages() == 0);
    }

    private void publish(int from, int to) {
        for (int i = from; i < to; i++) {
            feed.publish("entry", Integer.toString(i));
        }
    }

    /** Reads the feed line by line. */
    private final class Page implements AutoCloseable {
        private final HttpURLConnection connection;
        private final BufferedReader lines;
        private String lastId;

        Page(String last) throws IOException {
            connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + server.actualPort() + "/feed")
                    .toURL()
                    .openConnection();
            connection.setReadTimeout(10_000);
            if (last != null) {
                connection.setRequestProperty("Last-Event-ID", last);
            }
            lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        }

        String next(String field) throws IOException {
            String line = lines.readLine();
            while (!line.startsWith(field + ": ")) {
                lastId = line.startsWith("id: ") ? line.substring(4) : lastId;
                line = lines.readLine();
            }
            return line.substring(field.length() + 2);
        }

        List<String> take(int count) throws IOException {
            List<String> taken = new ArrayList<>();
            while (taken.size() < count) {
                taken.add(next("data"));
            }
            return taken;
        }

        @Override
        public void close() {
            connection.disconnect();
        }
    }
}
