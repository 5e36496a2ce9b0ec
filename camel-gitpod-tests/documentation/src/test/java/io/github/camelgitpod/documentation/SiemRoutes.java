package io.github.camelgitpod.documentation;

import io.github.camelgitpod.GitpodOrigin;
import java.time.Instant;
import org.apache.camel.builder.RouteBuilder;

/** The routes of the page siem.adoc that {@link SiemRoutesTest} tests. */
class SiemRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("gitpod:auditLogs?stateDirectory=data/state&batching=true")
                .routeId("audit-to-siem")
                .transformDataType("gitpod:application-ecs+ndjson")
                .to("file:data?fileName=audit-log.ndjson&fileExist=Append");
        from("direct:own")
                .setProperty(GitpodOrigin.PROPERTY, () -> new GitpodOrigin("app.gitpod.io", Instant.now()))
                .transformDataType("gitpod:application-cloudevents+json");
    }
}
