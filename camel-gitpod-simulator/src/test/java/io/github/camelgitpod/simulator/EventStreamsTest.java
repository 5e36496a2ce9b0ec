package io.github.camelgitpod.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamsTest {

    private static final String CREATE = "RESOURCE_OPERATION_CREATE";
    private static final String DELETE = "RESOURCE_OPERATION_DELETE";
    private static final String ENVIRONMENT = "RESOURCE_TYPE_ENVIRONMENT";
    private static final String TASK = "RESOURCE_TYPE_TASK";
    private static final String PROJECT = "RESOURCE_TYPE_PROJECT";
    private static final String A = UUID.randomUUID().toString();
    private static final String B = UUID.randomUUID().toString();

    @RegisterExtension
    final GitpodSimulatorExtension extension = new GitpodSimulatorExtension();

    private GitpodSimulator simulator;
    private EventStreams streams;
    private SimulatorClient client;

    @BeforeEach
    void connect() {
        simulator = extension.simulator();
        streams = simulator.eventStreams();
        client = new SimulatorClient(simulator);
    }

    private StreamReader watch(String body) {
        return new StreamReader(client.open(body));
    }

    private void assertReceives(StreamReader reader, String... ids) {
        streams.publish(CREATE, ENVIRONMENT, "last", simulator.organization().memberId(), A);
        await().untilAsserted(() -> assertThat(reader.resourceIds()).endsWith("last"));
        List<String> all = reader.resourceIds();
        assertThat(all.subList(0, all.size() - 1)).containsExactly(ids);
    }

    @Test
    void linesAreSentAsTheyComeAndLogged() {
        StreamReader reader = watch("{}");
        streams.publish(CREATE, ENVIRONMENT, A);
        String line = "{\"operation\":\"" + CREATE + "\",\"resourceType\":\"" + ENVIRONMENT + "\",\"resourceId\":\"" + A
                + "\"}";
        await().untilAsserted(() -> assertThat(reader.text()).isEqualTo(line + "\n"));
        await().untilAsserted(() -> assertThat(streams.log()).hasSize(1));
        assertThat(streams.log().get(0).line()).isEqualTo(line);
        assertThat(streams.log().get(0).connection()).isEqualTo(1);
        streams.clearLog();
        streams.logging(false);
        assertReceives(reader, A);
        assertThat(streams.log()).isEmpty();
    }

    @Test
    void theContentTypeIsThatOfLines() {
        var response = SimulatorClient.send(client.watch("{}"), BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("content-type")).contains("application/jsonl");
        assertThat(response.headers().firstValue("date")).isPresent();
    }

    @Test
    void theOrganizationHasNoTasks() {
        StreamReader reader = watch("{\"organization\":true}");
        streams.publish(CREATE, TASK, "t", null, A);
        streams.publish(CREATE, "RESOURCE_TYPE_TASK_EXECUTION", "x", null, A);
        streams.publish(CREATE, "RESOURCE_TYPE_SERVICE", "s", null, A);
        streams.publish(CREATE, PROJECT, "p");
        streams.publish("RESOURCE_OPERATION_NEW", "RESOURCE_TYPE_NEW", "n");
        assertReceives(reader, "p", "n");
    }

    @Test
    void anEnvironmentHasItselfAndWhatIsInIt() {
        StreamReader reader = watch("{\"environmentId\":\"" + A + "\"}");
        streams.publish(CREATE, TASK, "t", null, A);
        streams.publish(CREATE, TASK, "other", null, B);
        streams.publish(CREATE, ENVIRONMENT, B);
        streams.publish(CREATE, ENVIRONMENT, A);
        streams.publish(CREATE, PROJECT, "p");
        assertReceives(reader, "t", A);
    }

    @Test
    void headersCanComeWithTheFirstEvent() throws Exception {
        streams.lateHeaders(true);
        CompletableFuture<InputStream> answer = CompletableFuture.supplyAsync(() -> client.open("{}"));
        await().until(() -> streams.open() == 1);
        assertThat(client.post("ListAuditLogs", "{}").statusCode()).isEqualTo(200);
        assertThat(answer).isNotDone();
        streams.publish(CREATE, PROJECT, "first");
        StreamReader reader = new StreamReader(answer.get());
        assertReceives(reader, "first");
    }

    @Test
    void aStreamWithLateHeadersCanEndBeforeThem() throws Exception {
        streams.lateHeaders(true);
        CompletableFuture<InputStream> ended = CompletableFuture.supplyAsync(() -> client.open("{}"));
        await().until(() -> streams.open() == 1);
        streams.endAll();
        assertThat(ended.get().readAllBytes()).isEmpty();
        // On a connection that it kept, the JDK's client would ask again by itself.
        HttpClient fresh =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        CompletableFuture<?> cut = fresh.sendAsync(client.watch("{}").build(), BodyHandlers.ofInputStream());
        await().until(() -> streams.open() == 1);
        streams.cutAll();
        assertThat(cut).failsWithin(Duration.ofSeconds(20));
        assertThat(streams.open()).isZero();
    }

    @Test
    void filtersAreAlternatives() {
        StreamReader reader = watch("{\"resourceTypeFilters\":[{\"resourceType\":\"" + PROJECT
                + "\"},{\"resourceType\":\"" + ENVIRONMENT + "\",\"resourceIds\":[\"" + A + "\"]}]}");
        streams.publish(CREATE, ENVIRONMENT, B);
        streams.publish(CREATE, ENVIRONMENT, A);
        streams.publish(CREATE, "RESOURCE_TYPE_RUNNER", "r");
        streams.publish(CREATE, PROJECT, "p");
        await().untilAsserted(() -> assertThat(reader.resourceIds()).containsExactly(A, "p"));
    }

    @Test
    void creatorsDoNotMatterForDeletionAndTheUnknownIsDropped() {
        StreamReader reader = watch("{\"resourceTypeFilters\":[{\"resourceType\":\"" + ENVIRONMENT
                + "\",\"creatorIds\":[\"" + A + "\"]}]}");
        streams.publish(CREATE, ENVIRONMENT, "unknown");
        streams.publish(CREATE, ENVIRONMENT, "others", B, null);
        streams.publish(CREATE, ENVIRONMENT, "mine", A, null);
        streams.publish(DELETE, ENVIRONMENT, "gone");
        await().untilAsserted(() -> assertThat(reader.resourceIds()).containsExactly("mine", "gone"));
    }

    @Test
    void aMemberSeesOnlyTheirEnvironments() {
        StreamReader reader = new StreamReader(SimulatorClient.send(
                        client.watch("{}").setHeader("Authorization", "Bearer " + simulator.memberToken()),
                        BodyHandlers.ofInputStream())
                .body());
        streams.publish(CREATE, ENVIRONMENT, "others", simulator.organization().adminId(), null);
        streams.publish(CREATE, ENVIRONMENT, "of an unknown creator");
        streams.publish(CREATE, PROJECT, "p", simulator.organization().adminId(), null);
        assertReceives(reader, "p");
    }

    @Test
    void aMemberWatchesTheirOwnEnvironmentOnly() {
        Organization organization = simulator.organization();
        String own = organization
                .createEnvironment(organization.memberId(), null, null)
                .id();
        String others = organization.createEnvironment().id();
        StreamReader reader = new StreamReader(asMember(own).body());
        streams.publish(CREATE, TASK, "task", organization.memberId(), own);
        streams.publish(CREATE, TASK, "task of another", organization.adminId(), own);
        streams.publish("RESOURCE_OPERATION_UPDATE", ENVIRONMENT, own);
        await().untilAsserted(() -> assertThat(reader.resourceIds()).containsExactly("task", "task of another", own));
        for (String hidden : List.of(others, A)) {
            assertThat(asMember(hidden).statusCode()).isEqualTo(403);
        }
        assertThat(streams.opened()).isEqualTo(1);
    }

    private HttpResponse<InputStream> asMember(String environmentId) {
        return SimulatorClient.send(
                client.watch("{\"environmentId\":\"" + environmentId + "\"}")
                        .setHeader("Authorization", "Bearer " + simulator.memberToken()),
                BodyHandlers.ofInputStream());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"organization\":true,\"environmentId\":\"019548f0-0000-7000-8000-000000000001\"}",
                "{\"organization\":false}",
                "{\"organization\":\"yes\"}",
                "{\"environmentId\":\"x\"}",
                "{\"scope\":1}",
                "{\"resourceTypeFilters\":[{}]}",
                "{\"resourceTypeFilters\":[{\"resourceType\":\"RESOURCE_TYPE_UNSPECIFIED\"}]}",
                "{\"resourceTypeFilters\":[{\"resourceType\":\"RESOURCE_TYPE_MOON\"}]}",
                "{\"resourceTypeFilters\":[{\"resourceType\":\"RESOURCE_TYPE_RUNNER\",\"resourceIds\":[\"x\"]}]}",
                "{\"resourceTypeFilters\":[{\"resourceType\":\"RESOURCE_TYPE_RUNNER\",\"creatorIds\":[\"x\"]}]}",
                "{\"resourceTypeFilters\":[{\"resourceType\":\"RESOURCE_TYPE_RUNNER\"}],"
                        + "\"environmentId\":\"019548f0-0000-7000-8000-000000000001\"}"
            })
    void refuses(String body) {
        var response = SimulatorClient.send(client.watch(body));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"invalid_argument\"");
        assertThat(streams.opened()).isZero();
    }

    @Test
    void takesFiftyFiltersOfTwentyFiveIdsAndNoMore() {
        assertThat(filtered(50, 25)).isEqualTo(200);
        assertThat(filtered(51, 1)).isEqualTo(400);
        assertThat(filtered(1, 26)).isEqualTo(400);
    }

    private int filtered(int filters, int ids) {
        String filter = "{\"resourceType\":\"" + PROJECT + "\",\"resourceIds\":[\""
                + String.join("\",\"", Collections.nCopies(ids, A)) + "\"]}";
        String body = "{\"resourceTypeFilters\":[" + String.join(",", Collections.nCopies(filters, filter)) + "]}";
        return SimulatorClient.send(client.watch(body), BodyHandlers.ofInputStream())
                .statusCode();
    }

    @Test
    void endsInOrderAfterWhatWasPublished() {
        StreamReader reader = watch("{}");
        publishMany(1000);
        streams.endAll();
        await().until(() -> reader.end() != null);
        assertThat(reader.end()).isEqualTo("clean");
        assertThat(reader.resourceIds()).hasSize(1000);
        assertThat(streams.open()).isZero();
        assertThat(client.post("ListAuditLogs", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void isCutAfterWhatWasPublished() throws Exception {
        // Over a plain socket: when a connection breaks, Java's client drops what it has received and not handed out
        // yet.
        try (Socket socket = plainWatch();
                StreamReader reader = new StreamReader(socket.getInputStream())) {
            await().until(() -> streams.open() == 1);
            publishMany(1000);
            streams.cutAll();
            await().until(() -> reader.end() != null);
            assertThat(reader.text().split("resourceId", -1)).hasSize(1001);
            assertThat(reader.text()).doesNotEndWith("\r\n0\r\n\r\n");
            assertThat(streams.open()).isZero();
        }
    }

    private Socket plainWatch() throws IOException {
        HttpRequest request = client.watch("{}").build();
        StringBuilder head = new StringBuilder("POST " + request.uri().getPath() + " HTTP/1.1\r\nHost: localhost\r\n");
        request.headers()
                .map()
                .forEach((name, values) ->
                        head.append(name).append(": ").append(values.get(0)).append("\r\n"));
        Socket socket = new Socket(request.uri().getHost(), request.uri().getPort());
        socket.getOutputStream().write((head + "Content-Length: 2\r\n\r\n{}").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void isReset() {
        StreamReader reader = watch("{}");
        streams.resetAll();
        await().until(() -> reader.end() != null);
        assertThat(reader.end()).isEqualTo("broken");
        assertThat(streams.open()).isZero();
    }

    @Test
    void silenceLosesWhatIsPublished() {
        StreamReader reader = watch("{}");
        streams.silence(true);
        streams.publish(CREATE, PROJECT, "lost");
        streams.publishRaw("lost".getBytes(StandardCharsets.UTF_8));
        assertThat(streams.open()).isEqualTo(1);
        streams.silence(false);
        assertReceives(reader);
    }

    @Test
    void rawBytesGoOutAsTheyAre() {
        StreamReader reader = watch("{}");
        streams.publishRaw("{\"operation\":".getBytes(StandardCharsets.UTF_8));
        streams.publishRaw(new byte[] {(byte) 0xFF, '\r', '\n', '\n'});
        await().untilAsserted(() -> assertThat(reader.text()).isEqualTo("{\"operation\":\u00FF\r\n\n"));
        assertThat(streams.log()).isEmpty();
    }

    @Test
    void noticesThatAClientLeft() throws Exception {
        InputStream stream = client.open("{}");
        await().until(() -> streams.open() == 1);
        stream.close();
        await().until(() -> streams.open() == 0);
        assertThat(streams.opened()).isEqualTo(1);
    }

    @Test
    void allStreamsSeeEventsInTheSameOrder() {
        List<StreamReader> readers =
                IntStream.range(0, 3).mapToObj(i -> watch("{}")).toList();
        List<Thread> publishers = IntStream.range(0, 3)
                .mapToObj(i -> new Thread(() -> publishMany(200)))
                .toList();
        publishers.forEach(Thread::start);
        readers.forEach(reader ->
                await().untilAsserted(() -> assertThat(reader.resourceIds()).hasSize(600)));
        assertThat(readers.get(1).resourceIds()).isEqualTo(readers.get(0).resourceIds());
        assertThat(readers.get(2).resourceIds()).isEqualTo(readers.get(0).resourceIds());
    }

    private void publishMany(int n) {
        for (int i = 0; i < n; i++) {
            streams.publish(CREATE, PROJECT, UUID.randomUUID().toString());
        }
    }
}
