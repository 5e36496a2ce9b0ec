package io.github.camelgitpod.documentation;

import org.apache.camel.builder.RouteBuilder;

/** The routes that {@link MyRouteTest} tests. */
class MyRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("gitpod:auditLogs?from=beginning&initialDelay=0").to("mock:sink");
    }
}
