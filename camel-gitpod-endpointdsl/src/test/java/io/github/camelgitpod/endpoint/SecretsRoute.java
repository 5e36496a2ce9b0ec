package io.github.camelgitpod.endpoint;

import io.github.camelgitpod.endpoint.dsl.GitpodEndpointBuilderFactory.GitpodBuilders;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;

public class SecretsRoute extends EndpointRouteBuilder implements GitpodBuilders {

    @Override
    public void configure() {
        from(gitpod("auditLogs")
                        .subjectTypes("user_secret")
                        .from("beginning")
                        .stateDirectory("{{directory:data}}/state"))
                .routeId("secrets")
                .to(file("{{directory:data}}")
                        .fileName("secrets.jsonl")
                        .fileExist("Append")
                        .appendChars("\\n"));
    }
}
