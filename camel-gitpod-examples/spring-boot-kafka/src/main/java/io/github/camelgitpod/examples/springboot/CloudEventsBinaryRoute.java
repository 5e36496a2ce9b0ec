package io.github.camelgitpod.examples.springboot;

import io.github.camelgitpod.GitpodConstants;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.component.kafka.KafkaConstants;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** With {@code cloudevents=binary}: the attributes of a CloudEvent are headers of the record, the value is the entry. The key is the subject's id. */
@Component
@ConditionalOnProperty(name = "cloudevents", havingValue = "binary")
class CloudEventsBinaryRoute extends RouteBuilder {
    private static final Map<String, String> HEADERS = Map.of(
            CloudEvent.CAMEL_CLOUD_EVENT_ID, "ce_id",
            CloudEvent.CAMEL_CLOUD_EVENT_SOURCE, "ce_source",
            CloudEvent.CAMEL_CLOUD_EVENT_VERSION, "ce_specversion",
            CloudEvent.CAMEL_CLOUD_EVENT_TYPE, "ce_type",
            CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT, "ce_subject",
            CloudEvent.CAMEL_CLOUD_EVENT_TIME, "ce_time",
            CloudEvent.CAMEL_CLOUD_EVENT_DATA_CONTENT_TYPE, "content-type");

    @Override
    public void configure() {
        from("gitpod:auditLogs?from=beginning&stateDirectory={{state.directory:data/state}}&delay={{poll.delay:30s}}")
                .routeId("audit-log-to-kafka")
                .transformDataType("gitpod:application-cloudevents")
                .process(CloudEventsBinaryRoute::nameHeaders)
                .setHeader(KafkaConstants.KEY, header(GitpodConstants.SUBJECT_ID))
                .to("kafka:{{topic}}");
    }

    /** As the Kafka binding of CloudEvents wants them; an attribute that the entry does not have has none. */
    private static void nameHeaders(Exchange exchange) {
        Message message = exchange.getMessage();
        HEADERS.forEach((camel, kafka) -> {
            Object value = message.removeHeader(camel);
            if (value != null) {
                message.setHeader(kafka, value);
            }
        });
    }
}
