package io.github.camelgitpod.operations;

import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.state.JdbcStateRepository;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kubernetes.KubernetesConfiguration;
import org.apache.camel.component.kubernetes.cluster.KubernetesClusterService;
import org.apache.camel.impl.DefaultCamelContext;

/** One of the pods of a deployment: a route behind {@code master:}, with Camel's lease and the cursor in a database. */
final class Replica implements AutoCloseable {
    /** Short, for tests; Camel's defaults are 15, 10 and 2 seconds. */
    private static final int LEASE_MS = 1000;

    private static final int RENEW_MS = 800;
    private static final int LOOK_MS = 60;

    /** So many entries may come twice after a hand-over. */
    static final int COMMIT_EVERY = 5;

    private final KubernetesClusterService service;
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<String> delivered = new CopyOnWriteArrayList<>();

    /** @param sink is called with each exchange, before it counts as delivered */
    Replica(String pod, ApiServer kubernetes, GitpodSimulator gitpod, DataSource database, Processor sink)
            throws Exception {
        KubernetesConfiguration api = new KubernetesConfiguration();
        api.setMasterUrl(kubernetes.url(pod));
        // Camel 4.18 heeds the service's own setMasterUrl only if it is given a configuration, too.
        service = new KubernetesClusterService(api);
        service.setKubernetesResourcesNamespace(ApiServer.NAMESPACE);
        service.setClusterLabels(ApiServer.LABELS);
        service.setPodName(pod);
        service.setLeaseDurationMillis(LEASE_MS);
        service.setRenewDeadlineMillis(RENEW_MS);
        service.setRetryPeriodMillis(LOOK_MS);
        context.addService(service);
        context.getRegistry().bind("cursors", new JdbcStateRepository(database));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("master:audit:gitpod:auditLogs?from=beginning&initialDelay=0&delay=50ms&stateKey=audit"
                                + "&stateRepository=#bean:cursors&commitEvery=" + COMMIT_EVERY + "&baseUrl="
                                + gitpod.baseUrl() + "&accessToken="
                                + gitpod.accessToken())
                        .routeId("audit")
                        .process(sink)
                        .process(this::note);
            }

            private void note(Exchange exchange) {
                delivered.add(exchange.getMessage().getHeader("CamelGitpodEntryId", String.class));
            }
        });
        context.start();
    }

    boolean leads() {
        try {
            return service.getView("audit").getLocalMember().isLeader();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The ids of what its route has taken. */
    List<String> delivered() {
        return delivered;
    }

    @Override
    public void close() {
        context.stop();
    }
}
