package io.github.camelgitpod.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class GitpodSimulatorTest {

    @Test
    void survivesARestartOnTheSamePort() {
        try (GitpodSimulator simulator = GitpodSimulator.start()) {
            SimulatorClient client = new SimulatorClient(simulator);
            Entry entry = simulator.auditLog().add(Entry.at(Instant.parse("2026-03-01T10:00:00Z")));
            StreamReader reader = new StreamReader(client.open("{}"));
            int port = simulator.port();
            simulator.stopServer();
            await().untilAsserted(() -> assertThat(reader.end()).isEqualTo("broken"));
            await().until(() -> simulator.eventStreams().open() == 0);
            assertThatThrownBy(() -> client.post("ListAuditLogs", "{}")).isInstanceOf(UncheckedIOException.class);
            simulator.startServer();
            assertThat(simulator.port()).isEqualTo(port);
            assertThat(client.walk("", 10)).containsExactly(entry.id());
            simulator.restart();
            assertThat(client.walk("", 10)).containsExactly(entry.id());
        }
    }

    @Test
    void compressesForThoseWhoAcceptIt() throws IOException {
        try (GitpodSimulator simulator = GitpodSimulator.builder().history(200).start()) {
            SimulatorClient client = new SimulatorClient(simulator);
            HttpResponse<String> plain = client.post("ListAuditLogs", "{}");
            assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
            HttpResponse<byte[]> zipped = SimulatorClient.send(
                    client.request("ListAuditLogs", "{}").header("Accept-Encoding", "br, gzip;q=0.8"),
                    BodyHandlers.ofByteArray());
            assertThat(zipped.headers().firstValue("content-encoding")).contains("gzip");
            assertThat(zipped.body().length).isLessThan(plain.body().length() / 2);
            byte[] unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes();
            assertThat(new String(unzipped, StandardCharsets.UTF_8)).isEqualTo(plain.body());
        }
    }

    @Test
    void speaksHttp2InClearText() throws Exception {
        try (GitpodSimulator simulator = GitpodSimulator.start()) {
            SimulatorClient client = new SimulatorClient(simulator);
            HttpClient http2 =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
            // The connection is upgraded by a request without a body only, and then kept.
            http2.send(client.request("ListAuditLogs", "{}").GET().build(), BodyHandlers.ofString());
            HttpResponse<String> response =
                    http2.send(client.request("ListAuditLogs", "{}").build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            HttpResponse<InputStream> stream = http2.send(client.watch("{}").build(), BodyHandlers.ofInputStream());
            assertThat(stream.version()).isEqualTo(HttpClient.Version.HTTP_2);
            StreamReader reader = new StreamReader(stream.body());
            simulator.eventStreams().publish("O", "T", "1");
            await().untilAsserted(() -> assertThat(reader.resourceIds()).containsExactly("1"));
            reader.close();
            await().until(() -> simulator.eventStreams().open() == 0);
        }
    }

    @Test
    void takesATokenAndSaysThatAPortIsTaken() {
        try (GitpodSimulator simulator =
                GitpodSimulator.builder().accessToken("of-my-own").start()) {
            assertThat(simulator.accessToken()).isEqualTo("of-my-own");
            assertThat(new SimulatorClient(simulator)
                            .post("ListAuditLogs", "{}")
                            .statusCode())
                    .isEqualTo(200);
            GitpodSimulator.Builder same = GitpodSimulator.builder().port(simulator.port());
            assertThatIllegalStateException().isThrownBy(same::start).withMessageContaining("" + simulator.port());
        }
    }

    @Test
    void servesManyOrganizationsAtOneAddress() {
        try (GitpodSimulator simulator = GitpodSimulator.start();
                GitpodSimulator second =
                        GitpodSimulator.builder().seed(2).beside(simulator).start()) {
            GitpodSimulator third =
                    GitpodSimulator.builder().seed(3).beside(second).start();
            assertThat(third.baseUrl()).isEqualTo(simulator.baseUrl());
            Entry entry = third.auditLog().add(Entry.at(Instant.parse("2026-03-01T10:00:00Z")));
            third.trouble().on("ListRunners").respond(503, "unavailable", "only here");
            StreamReader ofSecond = new StreamReader(new SimulatorClient(second).open("{}"));
            StreamReader ofThird = new StreamReader(new SimulatorClient(third).open("{}"));
            second.eventStreams().publish("O", "T", "1");
            third.eventStreams().publish("O", "T", "2");

            assertThat(new SimulatorClient(third).walk("", 10)).containsExactly(entry.id());
            assertThat(new SimulatorClient(second).walk("", 10)).isEmpty();
            assertThat(new SimulatorClient(third).post("ListRunners", "{}").statusCode())
                    .isEqualTo(503);
            assertThat(new SimulatorClient(second).json("ListRunners", "{}")).isNotNull();
            assertThat(new SimulatorClient(second)
                            .json("GetAuthenticatedIdentity", "{}")
                            .path("organizationId")
                            .asText())
                    .isEqualTo(second.organizationId())
                    .isNotEqualTo(third.organizationId());
            await().untilAsserted(() -> assertThat(ofSecond.resourceIds()).containsExactly("1"));
            await().untilAsserted(() -> assertThat(ofThird.resourceIds()).containsExactly("2"));
            assertThat(third.requests().count("ListAuditLogs")).isEqualTo(1);
            assertThat(simulator.requests().count()).isZero();

            third.close();
            await().untilAsserted(() -> assertThat(ofThird.end()).isEqualTo("broken"));
            assertThat(new SimulatorClient(third).post("ListRunners", "{}").statusCode())
                    .isEqualTo(401);
            assertThat(new SimulatorClient(second).walk("", 10)).isEmpty();
        }
    }

    @Test
    void leavesNoThreadBehind() {
        GitpodSimulator simulator = GitpodSimulator.builder().liveRate(100).start();
        String name = "gitpod-simulator-" + simulator.port();
        SimulatorClient client = new SimulatorClient(simulator);
        simulator.trouble().on("ListRunners").silence();
        new StreamReader(client.open("{}"));
        assertThat(threads(name)).isPositive();
        simulator.close();
        simulator.close();
        await().until(() -> threads(name) == 0);
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name))
                .count();
    }
}
