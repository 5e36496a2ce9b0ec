package io.github.camelgitpod.examples.forwarder;

import java.util.Map;
import org.apache.camel.component.kubernetes.cluster.KubernetesClusterService;

/**
 * Which of the forwarders with one name in a namespace of Kubernetes forwards: Camel decides it, by a lease. Where it is wrong, so that two
 * of them read, the one that is overtaken finds that out by the place that they share.
 */
final class Lease {
    /** The lease is called so, a hyphen, and the forwarder's name. */
    private static final String PREFIX = "gitpod";

    private Lease() {}

    /** @param name of the forwarder: its pods have it as their label {@code app.kubernetes.io/instance} */
    static KubernetesClusterService of(String name) {
        KubernetesClusterService service = new KubernetesClusterService();
        service.setKubernetesResourceName(PREFIX);
        service.setClusterLabels(
                Map.of("app.kubernetes.io/name", "gitpod-forwarder", "app.kubernetes.io/instance", name));
        return service;
    }
}
