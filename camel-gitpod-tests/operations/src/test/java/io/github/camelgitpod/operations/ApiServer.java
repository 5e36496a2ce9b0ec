package io.github.camelgitpod.operations;

import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * An API server of Kubernetes, as far as leases and pods go, with a port of its own for each pod, so that one of them can be cut off.
 * What pods there are, and which are ready, the test says: here is no kubelet.
 */
final class ApiServer implements AutoCloseable {
    static final String NAMESPACE = "audit";
    static final Map<String, String> LABELS = Map.of("app", "gitpod-forwarder");

    private final KubernetesCrudDispatcher objects = new KubernetesCrudDispatcher();
    private final Map<String, KubernetesMockServer> ports = new HashMap<>();
    private final KubernetesClient client;

    ApiServer() {
        client = open("", 0).createClient();
    }

    /** The address at which a pod finds the server. */
    String url(String pod) {
        return "http://localhost:" + open(pod, 0).getPort();
    }

    /** Makes the pod known, or changes whether it is ready. */
    void pod(String name, boolean ready) {
        client.pods()
                .inNamespace(NAMESPACE)
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(LABELS)
                        .endMetadata()
                        .withNewStatus()
                        .withPhase("Running")
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus(ready ? "True" : "False")
                        .endCondition()
                        .endStatus()
                        .build())
                .createOr(NonDeletingOperation::update);
    }

    void deletePod(String name) {
        client.pods().inNamespace(NAMESPACE).withName(name).delete();
    }

    /** The one lease; null: there is none. */
    Lease lease() {
        return client.leases().inNamespace(NAMESPACE).list().getItems().stream()
                .findFirst()
                .orElse(null);
    }

    /** As if somebody had written another holder into the lease. */
    void giveLeaseTo(String pod) {
        // The holder may write it at the same time.
        await().atMost(ONE_MINUTE)
                .ignoreException(KubernetesClientException.class)
                .until(() -> {
                    client.resource(lease()).inNamespace(NAMESPACE).edit(lease -> {
                        lease.getSpec().setHolderIdentity(pod);
                        return lease;
                    });
                    return true;
                });
    }

    /** How often the pod has asked. */
    int requestsOf(String pod) {
        return ports.get(pod).getRequestCount();
    }

    /** The pod's connections end, and new ones are refused. */
    void cutOff(String pod) {
        ports.get(pod).shutdown();
    }

    void connectAgain(String pod) {
        open(pod, ports.get(pod).getPort());
    }

    private KubernetesMockServer open(String pod, int port) {
        KubernetesMockServer server =
                new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), objects, false);
        server.init(InetAddress.getLoopbackAddress(), port);
        ports.put(pod, server);
        return server;
    }

    @Override
    public void close() {
        client.close();
        ports.values().forEach(KubernetesMockServer::destroy);
    }
}
