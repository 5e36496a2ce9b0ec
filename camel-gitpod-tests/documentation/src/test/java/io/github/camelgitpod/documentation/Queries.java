package io.github.camelgitpod.documentation;

import org.apache.camel.builder.RouteBuilder;

/** The routes that the page queries.adoc shows. */
class Queries extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:month")
                .routeId("month")
                .to("gitpod:auditLogs?sort=asc&limit=0")
                .to("file:target/queries?fileName=${header.CamelGitpodFrom}.json");

        from("direct:history")
                .routeId("history")
                .setHeader("CamelGitpodSubjectIds", body())
                .to("gitpod:auditLogs?limit=20")
                .split(body())
                .streaming()
                .to("mock:history");

        from("direct:entry")
                .routeId("entry")
                .to("gitpod:auditLogs?operation=get")
                .to("mock:entry");
    }
}
