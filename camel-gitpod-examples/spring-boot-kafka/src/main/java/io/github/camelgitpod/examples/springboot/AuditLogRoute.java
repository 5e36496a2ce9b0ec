package io.github.camelgitpod.examples.springboot;

import io.github.camelgitpod.GitpodConstants;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** An entry is a record: its id the key, its JSON the value. It counts as delivered when the brokers have acknowledged it. */
@Component
@ConditionalOnProperty(name = "cloudevents", havingValue = "none", matchIfMissing = true)
class AuditLogRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("gitpod:auditLogs?from=beginning&stateDirectory={{state.directory:data/state}}&delay={{poll.delay:30s}}")
                .routeId("audit-log-to-kafka")
                .setHeader(KafkaConstants.KEY, header(GitpodConstants.ENTRY_ID))
                .to("kafka:{{topic}}");
    }
}
