package io.github.camelgitpod.examples.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several forwarders with one place in a database: of those in Kubernetes the one with the lease forwards, of others one. */
@Tag("source-tree")
@Timeout(120)
class ClusterTest {
    private static final String NAMESPACE = "audit";
    private static final int ENTRIES = 20;

    @TempDir
    Path directory;

    private final GitpodSimulator gitpod = GitpodSimulator.start();
    private final KubernetesMockServer kubernetes = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final Map<String, String> environment = new HashMap<>();

    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    @BeforeEach
    void surroundings() throws IOException {
        kubernetes.init(InetAddress.getLoopbackAddress(), 0);
        System.setProperty("kubernetes.master", "http://localhost:" + kubernetes.getPort());
        System.setProperty("kubernetes.namespace", NAMESPACE);
        environment.put("FORWARDER_GITPOD_BASE_URL", gitpod.baseUrl());
        environment.put("FORWARDER_GITPOD_ACCESS_TOKEN_FILE", token(gitpod.accessToken()));
        environment.put("FORWARDER_STATE_URL", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        environment.put("FORWARDER_FILE_PATH", file().toString());
        environment.put("FORWARDER_DELAY", "50ms");
        environment.put("FORWARDER_NAME", "acme");
        happens();
    }

    @AfterEach
    void end() {
        System.clearProperty("kubernetes.master");
        System.clearProperty("kubernetes.namespace");
        kubernetes.destroy();
        gitpod.close();
    }

    @Test
    void whoHasTheLeaseForwardsAndTakesUpATokenThatIsRotated() throws Exception {
        environment.put("FORWARDER_CLUSTER", "kubernetes");
        pod(thisPod());
        try (Running run = new Running()) {
            await().until(() -> lines() == ENTRIES);
            await().until(() -> run.state().equals("CURRENT"));
            assertThat(Manifests.rights()).as("what the Role allows").containsAll(asked());

            gitpod.rotateAccessToken("the-next-one");
            await().until(() -> run.state().equals("UNAUTHORIZED"));
            assertThat(run.get("ready")).isEqualTo(503);
            assertThat(run.get("live")).as("a restart mends no token").isEqualTo(200);
            token("the-next-one");
            happens();
            await().until(() -> lines() == 2 * ENTRIES);
        }
    }

    @Test
    void whoHasNotTheLeaseStandsByAndIsWell() throws Exception {
        environment.put("FORWARDER_CLUSTER", "kubernetes");
        pod(thisPod());
        pod("the-other");
        try (var client = kubernetes.createClient()) {
            client.resource(new LeaseBuilder()
                            .withNewMetadata()
                            .withName("gitpod-acme")
                            .endMetadata()
                            .withNewSpec()
                            .withHolderIdentity("the-other")
                            .endSpec()
                            .build())
                    .inNamespace(NAMESPACE)
                    .create();
        }
        try (Running run = new Running()) {
            await().until(() -> asked().containsAll(Set.of("list pods", "get leases/gitpod-acme")));
            assertThat(run.state()).isEqualTo("STANDBY");
            assertThat(run.get("live")).isEqualTo(200);
            assertThat(run.get("ready")).isEqualTo(200);
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void ofTwoWithoutALeaseOneStandsBy() throws Exception {
        try (Running one = new Running();
                Running other = new Running()) {
            await().until(() -> one.state().equals("STANDBY") != other.state().equals("STANDBY"));
            int before = lines();
            assertThat(before).isBetween(ENTRIES, 2 * ENTRIES);
            happens();
            await().until(() -> lines() == before + ENTRIES);
        }
    }

    private void happens() {
        for (int i = 0; i < ENTRIES; i++) {
            gitpod.auditLog().add(Entry.at(gitpod.now()));
        }
    }

    private int lines() throws IOException {
        return Files.exists(file()) ? Files.readAllLines(file()).size() : 0;
    }

    private Path file() {
        return directory.resolve("audit-log.jsonl");
    }

    private String token(String token) throws IOException {
        return Files.writeString(directory.resolve("token"), token + "\n").toString();
    }

    private void pod(String name) {
        try (var client = kubernetes.createClient()) {
            client.resource(new PodBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withLabels(Lease.of("acme").getClusterLabels())
                            .endMetadata()
                            .withNewStatus()
                            .withPhase("Running")
                            .addNewCondition()
                            .withType("Ready")
                            .withStatus("True")
                            .endCondition()
                            .endStatus()
                            .build())
                    .inNamespace(NAMESPACE)
                    .create();
        }
        asked();
    }

    /** As Camel's service finds out what its pod is called. */
    private static String thisPod() throws IOException {
        String name = System.getenv("HOSTNAME");
        return name == null ? InetAddress.getLocalHost().getHostName() : name;
    }

    /** What the API server was asked since the last time, in the words of a Role. */
    private Set<String> asked() {
        Map<String, String> verbs = Map.of("POST", "create", "PUT", "update", "PATCH", "patch", "DELETE", "delete");
        Set<String> asked = new TreeSet<>();
        try {
            RecordedRequest request;
            while ((request = kubernetes.takeRequest(0, TimeUnit.MILLISECONDS)) != null) {
                String object = request.getPath()
                        .replaceFirst(".*/" + NAMESPACE + "/", "")
                        .replaceFirst("\\?.*", "");
                String reads = object.contains("/") ? "get" : "list";
                asked.add(verbs.getOrDefault(request.getMethod(), reads) + " " + object);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return asked;
    }

    /** A forwarder with its pages. */
    private final class Running implements AutoCloseable {
        private final int port;
        private final Run run;

        Running() throws Exception {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            environment.put("FORWARDER_HEALTH_PORT", Integer.toString(port));
            Settings settings = Settings.read(null, environment, Map.of());
            run = new Run(settings, Run.forEver(settings), entry -> {});
            run.start();
        }

        String state() {
            return run.reading().state();
        }

        int get(String page) throws Exception {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health/" + page))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }

        @Override
        public void close() {
            run.close();
        }
    }
}
