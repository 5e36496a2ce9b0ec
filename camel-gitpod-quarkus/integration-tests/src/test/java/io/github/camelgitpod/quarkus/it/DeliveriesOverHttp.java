package io.github.camelgitpod.quarkus.it;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Part of the application in dev mode: tells how many entries have come, and from where. */
@ApplicationScoped
public class DeliveriesOverHttp {
    @Inject
    Deliveries deliveries;

    @ConfigProperty(name = "camel.component.gitpod.base-url")
    String baseUrl;

    void routes(@Observes Router router) {
        router.get("/entries")
                .handler(request -> request.end("first " + deliveries.entries().size()));
        router.get("/base-url").handler(request -> request.end(baseUrl));
    }
}
