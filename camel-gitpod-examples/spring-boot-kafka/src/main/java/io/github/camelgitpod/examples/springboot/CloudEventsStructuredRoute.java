package io.github.camelgitpod.examples.springboot;

import io.github.camelgitpod.GitpodConstants;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** With {@code cloudevents=structured}: the value is a whole CloudEvent, as JSON. The key is the subject's id. */
@Component
@ConditionalOnProperty(name = "cloudevents", havingValue = "structured")
class CloudEventsStructuredRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("gitpod:auditLogs?from=beginning&stateDirectory={{state.directory:data/state}}&delay={{poll.delay:30s}}")
                .routeId("audit-log-to-kafka")
                .transformDataType("gitpod:application-cloudevents+json")
                // Kafka's headers have lower and upper case, Camel's do not.
                .removeHeader(Exchange.CONTENT_TYPE)
                .setHeader("content-type", constant("application/cloudevents+json; charset=UTF-8"))
                .setHeader(KafkaConstants.KEY, header(GitpodConstants.SUBJECT_ID))
                .to("kafka:{{topic}}?valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer");
    }
}
